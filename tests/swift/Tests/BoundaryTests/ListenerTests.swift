import Foundation
import OverviewBindings
import Testing

/// Hands on what it is told, and counts those of its kind that are gone.
final class Recorder: OverviewListener {
  let told: AsyncStream<[Invalidation]>
  private let sink: AsyncStream<[Invalidation]>.Continuation
  private let fails: Bool
  private let gone: Counter?

  init(fails: Bool = false, gone: Counter? = nil) {
    (told, sink) = AsyncStream.makeStream()
    self.fails = fails
    self.gone = gone
  }

  deinit {
    sink.finish()
    gone?.add()
  }

  func invalidated(what: [Invalidation]) throws {
    sink.yield(what)
    if fails { throw CocoaError(.userCancelled) }
  }

  /// Waits until something like this is told, over what is told before.
  func wait(for like: (Invalidation) -> Bool) async {
    for await what in told where what.contains(where: like) { return }
  }
}

final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0
  func add() { lock.withLock { count += 1 } }
  var value: Int { lock.withLock { count } }
}

@Suite(.timeLimit(.minutes(2))) struct ListenerTests {
  @Test func changesAreToldTheLastAlways() async throws {
    let overview = try await World.open()
    let recorder = Recorder()
    let subscription = try overview.subscribe(listener: recorder)
    _ = try await overview.sync(request: SyncRequest(countries: ["UA", "US"])).result()
    await recorder.wait { if case .articles = $0 { true } else { false } }
    let ids = try await overview.articles(query: ArticleQuery()).rows.map(\.id)
    for id in ids { try await overview.mark(ids: [id], mark: .read) }
    try await overview.followCountry(country: "UA", follow: true)
    await recorder.wait { $0 == .follows }
    // The very last of many marks is told, however they were gathered.
    let last = try #require(ids.last)
    try await overview.mark(ids: [last], mark: .unread)
    await recorder.wait { if case .marks(let marked) = $0 { marked.contains(last) } else { false } }
    subscription.cancel()
  }

  @Test func anotherListenerTakesThePlaceAndTheFirstOnesEndDoesNotEndIt() async throws {
    let overview = try await World.open()
    let (first, second) = (Recorder(), Recorder())
    let before = try overview.subscribe(listener: first)
    let now = try overview.subscribe(listener: second)
    before.cancel()
    try await overview.followCountry(country: "UA", follow: true)
    await second.wait { $0 == .follows }
    now.cancel()
  }

  @Test func aListenerThatThrowsIsToldAgain() async throws {
    let overview = try await World.open()
    let recorder = Recorder(fails: true)
    let subscription = try overview.subscribe(listener: recorder)
    for follow in [true, false] {
      try await overview.followCountry(country: "UA", follow: follow)
      await recorder.wait { $0 == .follows }
    }
    subscription.cancel()
  }

  @Test func tenThousandListenersAreLetGo() async throws {
    let overview = try await World.open()
    let gone = Counter()
    for _ in 0..<10_000 {
      try overview.subscribe(listener: Recorder(gone: gone)).cancel()
    }
    // The thread that tells lets go of what it may hold before it tells the next.
    let last = Recorder()
    let subscription = try overview.subscribe(listener: last)
    try await overview.followCountry(country: "UA", follow: true)
    await last.wait { $0 == .follows }
    #expect(gone.value == 10_000)
    subscription.cancel()
  }
}
