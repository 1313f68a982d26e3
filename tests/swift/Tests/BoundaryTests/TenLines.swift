// As bindings/README.md has it.
import OverviewBindings

func headlines(of country: CountryCode, options: OpenOptions) async throws -> [String] {
  let overview = try await Overview.open(options: options)
  let sync = try overview.sync(request: SyncRequest(countries: [country]))
  while let now = try await sync.nextProgress() { print("\(now.done) of \(now.planned) feeds") }
  let query = ArticleQuery(scope: Scope(countries: [country]), limit: 10)
  return try await overview.articles(query: query).rows.map { "\($0.publisherName): \($0.title)" }
}
