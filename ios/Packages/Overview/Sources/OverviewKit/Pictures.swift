import Foundation
import OverviewBindings

/// A picture on this device.
public struct PictureFile: Equatable, Sendable {
  public let file: URL
  public let width: Int
  public let height: Int
  /// A thumbhash, to be shown until the file is read.
  public let placeholder: Data
}

extension Picture {
  /// What the picture of an article is asked for by.
  public var key: PictureKey { url.absoluteString }
}

extension Kit {
  /// Fetches a picture unless it is here; nothing when there is none, which leaves no hole.
  public func picture(_ key: PictureKey) async -> PictureFile? {
    guard var known = try? await core.picture(key) else { return nil }
    if known == .unknown {
      guard let fetched = try? await core.fetchPicture(key) else { return nil }
      known = fetched
    }
    guard case .here(let path, _, let width, let height, let placeholder) = known else {
      return nil
    }
    return PictureFile(
      file: path, width: Int(width), height: Int(height), placeholder: placeholder)
  }
}
