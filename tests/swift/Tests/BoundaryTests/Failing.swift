import OverviewBindings
import Testing

/// The case of an error, without its reason.
enum Case: CaseIterable {
  case offline, unreachable, refused, busy, notFound, invalid, storageFull, storageDamaged
  case appTooOld, unreadableFile, storageUnavailable, paused, closed, unexpected
}

extension OverviewError {
  var which: Case {
    switch self {
    case .Offline: .offline
    case .Unreachable: .unreachable
    case .Refused: .refused
    case .Busy: .busy
    case .NotFound: .notFound
    case .Invalid: .invalid
    case .StorageFull: .storageFull
    case .StorageDamaged: .storageDamaged
    case .AppTooOld: .appTooOld
    case .UnreadableFile: .unreadableFile
    case .StorageUnavailable: .storageUnavailable
    case .Paused: .paused
    case .Closed: .closed
    case .Unexpected: .unexpected
    }
  }

  var reason: String {
    switch self {
    case .Offline(let reason), .Unreachable(let reason), .Refused(let reason), .Busy(let reason),
      .NotFound(let reason), .Invalid(let reason), .StorageFull(let reason),
      .StorageDamaged(let reason), .AppTooOld(let reason), .UnreadableFile(let reason),
      .StorageUnavailable(let reason), .Paused(let reason), .Closed(let reason), .Unexpected(let reason):
      reason
    }
  }
}

/// A call throws exactly this case, with a sentence that says why.
func expect(
  _ which: Case, _ location: SourceLocation = #_sourceLocation,
  from call: () async throws -> Void
) async {
  do {
    try await call()
    Issue.record("nothing was thrown", sourceLocation: location)
  } catch let error as OverviewError {
    #expect(error.which == which, "\(error)", sourceLocation: location)
    #expect(!error.reason.isEmpty, sourceLocation: location)
  } catch {
    Issue.record("something else was thrown: \(error)", sourceLocation: location)
  }
}
