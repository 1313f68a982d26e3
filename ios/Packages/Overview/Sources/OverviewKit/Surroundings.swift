import Foundation

/// What a device says of itself: everything that is shown follows from it and from the store.
public struct Surroundings: Sendable {
  /// The language of the screens, BCP 47; English where there are no words in it.
  public var language: String
  public var zone: TimeZone
  public var now: @Sendable () -> Date

  public init(
    language: String = "en", zone: TimeZone = .current,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.language = language
    self.zone = zone
    self.now = now
  }
}
