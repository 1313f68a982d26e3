import Foundation
import OverviewBindings

/// What an address of ours names, or a page that another app shared.
public enum Link: Equatable, Sendable {
  /// By the story's id.
  case story(String)
  case country(CountryCode)
  /// What is ready without a network.
  case offline
  /// A page of somebody else, by its host.
  case page(String)
}

/// Reads addresses. The host is where the pages of an edition are published; a page of any other host
/// is somebody else's, whatever its path.
public struct Links: Sendable {
  /// What the app answers to, beside the host of an edition.
  public static let scheme = "overview"
  public static let offline = "\(scheme)://offline"

  private let host: String

  public init(host: String) { self.host = host.lowercased() }

  /// `overview://story/ID`, `overview://country/KE`, `overview://offline`, `https://HOST/s/ID`; else
  /// nothing.
  public func of(_ address: String) -> Link? {
    let trimmed = address.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let uri = URLComponents(string: trimmed, encodingInvalidCharacters: false) else {
      return nil
    }
    var path = uri.path[...]
    if path.hasPrefix("/") { path = path.dropFirst() }
    if path.hasSuffix("/") { path = path.dropLast() }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch uri.scheme?.lowercased() {
    case Self.scheme: return parts.count == 1 ? named(uri.host ?? "", parts[0]) : nil
    case "https":
      guard isOurs(uri), parts.count == 2, parts[0] == "s", Self.isId(parts[1]) else { return nil }
      return .story(parts[1])
    default: return nil
    }
  }

  /// The first address in a text that was shared, ours or not: apps put a headline before it.
  public func inText(_ text: String) -> Link? {
    let address = /(?:https?|overview):\/\/\S+/
    // The host, without what stands before it and its port.
    let page = /^https?:\/\/(?:[^@\s\/?#]*@)?([A-Za-z0-9.-]+)(?::[0-9]*)?(?:[\/?#]|$)/
    for found in text.matches(of: address) {
      // Of the sentence around it.
      let end = found.output.lastIndex { !".,;:!?)]\"'”»".contains($0) } ?? found.output.startIndex
      if let link = of(String(found.output[...end])) { return link }
      if let whole = found.output.firstMatch(of: page) { return .page(whole.1.lowercased()) }
    }
    return nil
  }

  private func isOurs(_ uri: URLComponents) -> Bool {
    uri.host?.lowercased() == host && uri.user == nil && uri.port == nil
  }

  private func named(_ what: String, _ of: String) -> Link? {
    switch what {
    case "story": Self.isId(of) ? .story(of) : nil
    case "country": of.wholeMatch(of: /[A-Za-z]{2}/) == nil ? nil : .country(of.uppercased())
    case "offline": of.isEmpty ? .offline : nil
    default: nil
    }
  }

  private static func isId(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil
  }
}

/// What is opened for a link.
public enum Opening: Equatable, Sendable {
  case article(ArticleId)
  case country(CountryCode)
  case offline
}

extension Kit {
  /// What is here for a link; nothing when this device has nothing of it.
  public func opening(_ link: Link) async -> Opening? {
    // The link may be what brings a suspended app to the screen.
    await lifecycle.wake()
    switch link {
    case .story(let id):
      let story = try? await core.story(id)
      return story?.articles.first.map { .article($0.row.id) }
    case .country(let code):
      let countries = try? await core.countries()
      return countries?.contains { $0.country == code } == true ? .country(code) : nil
    case .page(let host):
      let publishers = try? await core.publishers([])
      let publisher = publishers?.first { $0.home.host.map(Kit.site) == Kit.site(host) }
      return publisher.map { .country($0.country) }
    case .offline: return .offline
    }
  }

  /// The same site for a phone and for a desk.
  private nonisolated static func site(_ host: String) -> String {
    var site = host.lowercased()
    for prefix in ["www.", "m."] where site.hasPrefix(prefix) {
      site.removeFirst(prefix.count)
    }
    return site
  }
}
