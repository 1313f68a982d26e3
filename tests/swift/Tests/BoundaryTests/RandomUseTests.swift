import Foundation
import OverviewBindings
import XCTest

/// Eight tasks use one store at random; what each marked last must be what is kept. With XCTest: Swift Testing
/// keeps a backtrace of every error that is thrown until its test ends, and what this one measures over ten
/// minutes is what is held.
final class RandomUseTests: XCTestCase, @unchecked Sendable {
  let rounds = ProcessInfo.processInfo.environment["OVERVIEW_ROUNDS"].flatMap(Int.init) ?? 150
  /// Until this time instead, with what is held printed: OVERVIEW_MINUTES=10.
  let until: Date? = ProcessInfo.processInfo.environment["OVERVIEW_MINUTES"].flatMap(Double.init)
    .map { Date(timeIntervalSinceNow: $0 * 60) }
  let readers = 8

  struct State: Equatable {
    var read = false
    var saved = false
  }

  func testMarksHoldWhateverElseIsDoneAtTheSameTime() async throws {
    let overview = try await World.synced("UA", "DE", "US", "KE")
    var ids: [ArticleId] = []
    for country in ["UA", "DE", "US", "KE"] {
      let query = ArticleQuery(scope: Scope(countries: [country]))
      ids += try await overview.articles(query: query).rows.map(\.id)
    }
    let all = ids
    let watching = Task { try await watch() }
    defer { watching.cancel() }
    let kept = try await withThrowingTaskGroup(of: [ArticleId: State].self) { group in
      for reader in 0..<readers {
        group.addTask {
          let own = all.indices.filter { $0 % self.readers == reader }.map { all[$0] }
          return try await self.use(overview, own)
        }
      }
      return try await group.reduce(into: [:]) { sum, own in sum.merge(own) { _, new in new } }
    }
    try await overview.resume()
    for (id, state) in kept {
      let row = try await overview.article(id: id).row.state
      XCTAssertEqual(State(read: row.read, saved: row.saved), state)
    }
    let damage = try await overview.doctor().damage
    XCTAssertNil(damage)
    try await overview.shutdown()
  }

  /// What is read and saved of its own articles at the end.
  func use(_ overview: Overview, _ own: [ArticleId]) async throws -> [ArticleId: State] {
    var states = Dictionary(uniqueKeysWithValues: own.map { ($0, State()) })
    var round = 0
    while until.map({ Date() < $0 }) ?? (round < rounds) {
      round += 1
      let id = own[Int.random(in: own.indices)]
      // One of the others may have paused it: then nothing was done.
      do {
        try await useOnce(overview, id, &states)
      } catch OverviewError.Paused {
      }
    }
    return states
  }

  private func useOnce(
    _ overview: Overview, _ id: ArticleId, _ states: inout [ArticleId: State]
  ) async throws {
    switch Int.random(in: 0..<(Int.random(in: 0..<4) == 0 ? 11 : 10)) {
    case 0, 1, 2:
      let read = Bool.random()
      try await overview.mark(ids: [id], mark: read ? .read : .unread)
      states[id]?.read = read
    case 3, 4:
      let saved = Bool.random()
      try await overview.mark(ids: [id], mark: saved ? .save : .unsave)
      states[id]?.saved = saved
    case 5:
      _ = try await overview.articles(query: ArticleQuery(limit: .random(in: 0...50)))
    case 6:
      _ = try await overview.takes(article: id)
    case 10:
      // On a machine that is busy with other things it may not close in time.
      do { try await overview.pause() } catch OverviewError.Busy {}
      try await overview.resume()
    case 7:
      _ = try await overview.sync(request: SyncRequest(forced: true)).nextProgress()
    case 8:
      let task = try overview.pack(request: PackRequest(newest: 2))
      task.cancel()
      _ = try await task.result()
    default:
      let subscription = try overview.subscribe(listener: Recorder())
      _ = try await overview.article(id: id)
      subscription.cancel()
    }
  }

  /// What the heap has given out, of Swift and of Rust: resident memory is that and what the allocator
  /// keeps for itself. Empty where the C library does not say.
  private func allocated() -> String {
    typealias Report = @convention(c) (Int32, UnsafeMutableRawPointer) -> Int32
    guard let symbol = dlsym(nil, "malloc_info"), let file = tmpfile() else { return "" }
    defer { fclose(file) }
    guard unsafeBitCast(symbol, to: Report.self)(0, UnsafeMutableRawPointer(file)) == 0 else { return "" }
    rewind(file)
    var xml = ""
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, 4096, file) != nil { xml += String(cString: line) }
    // The last of each is the sum of all arenas.
    func last(_ element: String) -> Int {
      guard let at = xml.range(of: element, options: .backwards),
        let size = xml[at.upperBound...].range(of: "size=\"")
      else { return 0 }
      return Int(xml[size.upperBound...].prefix { $0.isNumber }) ?? 0
    }
    let free = last("<total type=\"fast\"") + last("<total type=\"rest\"")
    let mapped = last("<total type=\"mmap\"")
    let used = last("<system type=\"current\"") - free + mapped
    return "heap \(used / 1_000) kB, "
  }

  /// What is held, ten times: the heap, resident memory, threads, open files.
  private func watch() async throws {
    guard let until else { return }
    let begun = Date()
    let every = until.timeIntervalSince(begun) / 10
    while true {
      try await Task.sleep(for: .seconds(every))
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let held = status.split(separator: "\n")
        .filter { $0.hasPrefix("VmRSS") || $0.hasPrefix("Threads") }
        .joined(separator: ", ")
      let files =
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count ?? 0
      let seconds = Int(Date().timeIntervalSince(begun))
      print("held Swift: after \(seconds) s: \(allocated())\(held), \(files) files")
    }
  }
}
