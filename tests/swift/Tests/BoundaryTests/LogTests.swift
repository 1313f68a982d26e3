import Foundation
import OverviewBindings
import Testing

final class Sink: LogSink {
  let records: AsyncStream<LogRecord>
  private let continuation: AsyncStream<LogRecord>.Continuation

  init() { (records, continuation) = AsyncStream.makeStream() }

  func log(record: LogRecord) throws {
    continuation.yield(record)
    throw CocoaError(.userCancelled)
  }
}

@Suite(.timeLimit(.minutes(2))) struct LogTests {
  @Test func whatTheLibraryDoesReachesTheAppsLogAlsoAfterTheLogFailed() async throws {
    let sink = Sink()
    try setLogSink(sink: sink)
    var seen = 0
    _ = try await World.open()
    _ = try await World.open()
    for await record in sink.records where record.text.hasPrefix("opened version=") {
      #expect(record.level == .info)
      #expect(record.target == "overview_bindings::overview")
      seen += 1
      if seen == 2 { break }
    }
    try setLogSink(sink: nil)
  }
}
