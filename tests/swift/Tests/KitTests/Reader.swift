import Foundation
import OverviewBindings
import OverviewKit

/// Does the steps of a scenario, and says what the screens show.
@MainActor final class Reader {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "overview-\(UUID())")
  private let world = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["OVERVIEW_WORLD"] ?? "")
  /// Of the device that is used: files that a person picks are in `folder` on each.
  private lazy var device = folder
  private var preferences = MemoryPreferences()
  private var now = Date()
  private var opened: Kit?
  private var core: FailingCore?
  private var countries: CountriesModel?
  private var globe: GlobeModel?
  private var stories: StoriesModel?
  private var article: ArticleModel?
  private var compare: CompareModel?
  private var overlooked: OverlookedModel?
  private var search: SearchModel?
  private var mutes: MutesModel?
  private var offline: OfflineModel?
  private var publishers: PublishersModel?
  private var about: PublisherModel?
  private var site: SiteModel?
  private var moving: MovingModel?
  private var history: HistoryModel?
  private var settings: SettingsModel?
  private var storage: StorageModel?
  private var languages: LanguagesModel?
  private var firstRun: FirstRunModel?
  private var notice: Notice?
  private var opening: Opening?

  struct Missing: Error {
    let what: String
  }

  private var kit: Kit {
    get throws { try need(opened, "an open kit") }
  }

  private func need<T>(_ value: T?, _ what: String) throws -> T {
    guard let value else { throw Missing(what: what) }
    return value
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: world.appendingPathComponent(name), encoding: .utf8)
  }

  private func surroundings() -> Surroundings {
    let now = now
    return Surroundings(language: "en", zone: .gmt) { now }
  }

  func open(hasNetwork: Bool = true) async throws {
    if opened == nil {
      now = Date(timeIntervalSince1970: (Double(try text("started.txt")) ?? 0) / 1000)
    }
    let nobody = try text("nobody.txt")
    var hosts: [String: String] = [:]
    for line in try text("hosts.tsv").split(separator: "\n") {
      let columns = line.split(separator: "\t").map(String.init)
      hosts[columns[0]] = hasNetwork ? columns[1] : nobody
    }
    let options = OpenOptions(
      dataDir: device, catalogue: try text("catalogue.json"), allowPrivateAddresses: true,
      hosts: hosts)
    let failing = FailingCore(LiveCore(try await Overview.open(options: options)))
    core = failing
    opened = Kit(failing, preferences, surroundings())
  }

  func close() async throws { try await kit.lifecycle.shutdown() }

  private func publisher(_ step: Step) throws -> PublisherId {
    let all = try need(publishers, "").state.groups.flatMap(\.publishers)
    return all[try need(step.publisher, "publisher")].id
  }

  private func item(_ step: Step) throws -> StoryItem {
    let shown = try need(stories, "stories").state.stories
    let at = try need(step.story, "story")
    guard shown.indices.contains(at) else { throw Missing(what: "story \(at)") }
    return shown[at]
  }

  func step(_ step: Step) async throws {
    switch step.do {
    case "reopen":
      try await close()
      try await open(hasNetwork: try need(step.network, "network"))
    case "other_device":
      try await close()
      device = folder.appendingPathComponent("other")
      try FileManager.default.createDirectory(at: device, withIntermediateDirectories: true)
      preferences = MemoryPreferences()
      try await open()
    case "sync":
      var wanted = step.countries ?? []
      if wanted.isEmpty {
        // The sample's own; the others of the world try the boundary.
        wanted = try await need(core, "core").countries().map(\.country)
          .filter { !["IS", "CA"].contains($0) }
      }
      await try kit.syncing.sync(wanted)
    case "fail":
      try need(core, "core").fail(try need(step.call, "call"), try need(step.error, "error"))
    case "first_run":
      let model = try kit.firstRun()
      firstRun = model
      await model.load()
    case "first_run.region":
      let model = try need(firstRun, "")
      model.narrow(model.state.regionChoices[try need(step.region, "region")].region)
    case "first_run.search": try need(firstRun, "").search(try need(step.text, "text"))
    case "first_run.toggle": try need(firstRun, "").toggle(try need(step.country, "country"))
    case "first_run.follow": await try need(firstRun, "").follow()
    case "countries":
      let model = try kit.countries()
      countries = model
      await model.load()
    case "countries.select": try need(countries, "").select(step.country)
    case "countries.next": try need(countries, "").selectNext(try need(step.step, "step"))
    case "countries.search": try need(countries, "").search(try need(step.text, "text"))
    case "countries.follow":
      await try need(countries, "")
        .follow(try need(step.country, "country"), try need(step.follow, "follow"))
    case "globe":
      let model = try kit.globe(need(countries, "countries"))
      model.resize(width: 336, height: 336, reach: 24)
      globe = model
    case "globe.drag": try need(globe, "").drag(of(step.dx), of(step.dy))
    case "globe.fling": try need(globe, "").fling(of(step.dx), of(step.dy))
    case "globe.pick": try need(globe, "").pick(of(step.dx), of(step.dy))
    case "globe.zoom": try need(globe, "").zoom(of(step.hundredths) / 100)
    case "globe.fly": try need(globe, "").flyTo(try need(step.country, "country"))
    case "globe.next": try need(globe, "").flyToNext(try need(step.step, "step"))
    case "globe.still": try need(globe, "").isMotionReduced = need(step.on, "on")
    case "globe.advance":
      // So many pictures of a screen that shows a hundred in a second.
      for _ in 0..<(try need(step.pictures, "pictures")) { try need(globe, "").advance(0.01) }
    case "stories":
      let model = try kit.stories(try need(step.country, "country"))
      stories = model
      await model.load()
    case "saved":
      let model = try kit.saved()
      stories = model
      await model.load()
    case "stories.filter":
      await try need(stories, "").filter(StoriesFilter(isUnread: try need(step.unread, "unread")))
    case "stories.perspectives": await try need(stories, "").loadPerspectives()
    case "stories.read":
      await try need(stories, "").markRead(item(step).id, need(step.read, "read"))
    case "stories.save": await try need(stories, "").save(item(step).id, need(step.save, "save"))
    case "stories.hide": await try need(stories, "").hide(item(step).id)
    case "stories.read_all": await try need(stories, "").markAllRead()
    case "stories.undo": await try need(stories, "").undo()
    case "refresh": await try need(stories, "").refresh()
    case "article":
      let model = try kit.article(item(step).article)
      article = model
      await model.open()
    case "article.language": try need(article, "").toggleLanguage()
    case "article.save": await try need(article, "").save(need(step.save, "save"))
    case "article.position":
      await try need(article, "")
        .keepPosition(need(step.block, "block"), need(step.thousandths, "thousandths"))
    case "compare":
      let model = try kit.compare(item(step).article)
      compare = model
      await model.load()
    case "overlooked":
      let model = try kit.overlooked()
      overlooked = model
      await model.load()
    case "search":
      let model = try kit.search()
      search = model
      await model.load()
    case "search.filter":
      let (unread, saved) = (try need(step.unread, "unread"), try need(step.save, "save"))
      await try need(search, "").filter(StoriesFilter(isUnread: unread, isSaved: saved))
    case "search.keep": try need(search, "").keep()
    case "search.type":
      let model = try need(search, "")
      // The one before is under way still, and is not shown.
      let before = Task { await model.type("nothing of the kind") }
      await Task.yield()
      await model.type(try need(step.text, "text"))
      await before.value
    case "search.order": await try need(search, "").order(isByRank: try need(step.rank, "rank"))
    case "mutes":
      let of = try step.story.map { try need(stories, "").state.stories[$0].article }
      let model = try kit.mutes(of)
      mutes = model
      await model.load()
    case "mutes.type": try need(mutes, "").type(try need(step.text, "text"))
    case "mutes.words":
      await try need(mutes, "").mute(.words(try need(step.text, "text")), .good)
    case "mutes.offer":
      let model = try need(mutes, "")
      await model.mute(model.state.offers[try need(step.offer, "offer")].what, .good)
    case "mutes.end":
      let model = try need(mutes, "")
      await model.end(model.state.mutes[try need(step.mute, "mute")].id)
    case "mutes.undo": await try need(mutes, "").undo()
    case "offline.pack":
      let model = try kit.offline()
      offline = model
      await model.pack()
    case "network": try kit.lifecycle.network(isMetered: need(step.metered, "metered"))
    case "publishers":
      let model = try kit.publishers(step.country)
      publishers = model
      await model.load()
    case "publisher":
      let model = try kit.publisher(publisher(step))
      about = model
      await model.load()
    case "publisher.mute":
      await try need(about, "").setMuted(try need(step.on, "on"))
    case "publishers.set":
      await try need(publishers, "").setOn(try publisher(step), try need(step.on, "on"))
    case "publishers.remove":
      await try need(publishers, "").remove(try publisher(step))
    case "publishers.undo": await try need(publishers, "").undo()
    case "site":
      let model = try kit.site()
      site = model
      await model.load()
    case "site.type": try need(site, "").type(try need(step.text, "text"))
    case "site.edit":
      let model = try kit.site(try publisher(step))
      site = model
      await model.load()
    case "site.name": try need(site, "").setName(try need(step.text, "text"))
    case "site.language": try need(site, "").setLanguage(try need(step.text, "text"))
    case "site.press": await try need(site, "").press()
    case "site.country": try need(site, "").setCountry(try need(step.country, "country"))
    case "site.choose":
      let model = try need(site, "")
      model.choose(model.state.feeds[try need(step.feed, "feed")].url, try need(step.on, "on"))
    case "moving.out":
      let model = try kit.moving()
      moving = model
      await model.moveOut(folder.appendingPathComponent(try need(step.text, "text")))
    case "moving.in":
      let model = try kit.moving()
      moving = model
      await model.moveIn(folder.appendingPathComponent(try need(step.text, "text")))
    case "moving.list":
      let model = try kit.moving()
      moving = model
      await model.takeList(Data(try need(step.text, "text").utf8), country: step.country)
    case "history":
      let model = try kit.history()
      history = model
      await model.load()
    case "history.undo":
      let model = try need(history, "")
      await model.undo(model.state.changes[try need(step.change, "change")].id)
    case "history.forget": await try need(history, "").forget()
    case "languages":
      let model = try kit.languages()
      languages = model
      await model.load()
    case "languages.address":
      await try need(languages, "").setAddress(try need(step.text, "text"))
    case "languages.press": await try need(languages, "").press(try need(step.text, "text"))
    case "languages.try": await try need(languages, "").tryOut(try need(step.text, "text"))
    case "languages.engine":
      let model = try need(languages, "")
      let engine = model.state.engines[try need(step.engine, "engine")]
      await model.setEngine(engine.kind, try need(step.on, "on"))
    case "languages.stop":
      // Half of it comes, then nothing more.
      let model = try need(languages, "")
      let code = try need(step.text, "text")
      let getting = Task { await model.get(code) }
      while !model.state.languages.contains(where: { $0.code == code && $0.fraction > 0.4 }) {
        try await Task.sleep(for: .milliseconds(10))
      }
      model.stop(code)
      await getting.value
    case "storage":
      let model = try kit.storage()
      storage = model
      await model.load()
    case "storage.set":
      let model = try need(storage, "")
      await model.setBudget(step.budget)
      await model.setAge(step.days)
      model.setPackBudget(try need(step.pack, "pack"))
    case "storage.clean": await try need(storage, "").clean()
    // The first page is lost: nothing says any more where the tables are.
    case "damage":
      try await close()
      let file = try FileHandle(forWritingTo: folder.appendingPathComponent("overview.db"))
      try file.write(contentsOf: Data(count: 4_096))
      try file.close()
      try await open()
    case "countries.known": await try need(countries, "").dismissRescue()
    case "moving":
      let model = try kit.moving()
      moving = model
      model.load()
    // Written, and the app that was to keep it does not.
    case "moving.out_lost":
      let model = try kit.moving()
      moving = model
      let file = folder.appendingPathComponent(try need(step.text, "text"))
      await model.moveOut { write in
        _ = await write(file)
        return false
      }
    case "moving.list_out":
      let model = try kit.moving()
      moving = model
      let file = folder.appendingPathComponent(try need(step.text, "text"))
      await model.giveList { await $0(file) }
    case "moving.list_in":
      let model = try kit.moving()
      moving = model
      await model.takeList(file: folder.appendingPathComponent(try need(step.text, "text")))
    case "moving.list_to": await try need(moving, "").takeListTo(try need(step.country, "country"))
    case "settings":
      let model = try kit.settings()
      settings = model
      await model.load()
    case "settings.set":
      let model = try need(settings, "")
      model.setOriginalsFirst(try need(step.originalsFirst, "originals_first"))
      model.setTextSize(try need(step.textSize, "text_size"))
      model.setBudget(try need(step.budget, "budget"))
      model.setOffline(try need(step.offline, "offline"))
      model.setWifiOnly(try need(step.wifiOnly, "wifi_only"))
    case "suspend": await try kit.lifecycle.suspend()
    case "foreground": await try kit.lifecycle.foreground()
    case "background":
      await try kit.lifecycle.background(TimeInterval(need(step.seconds, "seconds")))
    case "jobs": break
    case "job":
      let job: BackgroundJob = try need(step.text, "text") == "pack" ? .pack : .refresh
      notice = try await kit.background.run(
        job, TimeInterval(need(step.seconds, "seconds")), isOnScreen: need(step.on, "on"))
    case "job.notice": try kit.settings().setPackNotice(try need(step.on, "on"))
    case "link":
      opening = nil
      if let link = Links(host: "overview.example").inText(try need(step.text, "text")) {
        opening = try await kit.opening(link)
      }
    case "link.story":
      let address = "https://overview.example/s/\(try item(step).id)"
      let link = try need(Links(host: "overview.example").of(address), "a link")
      opening = try await kit.opening(link)
    case "memory_warning": try kit.lifecycle.memoryWarning()
    case "clock":
      now += TimeInterval(try need(step.hours, "hours") * 3600)
      try kit.lifecycle.surround(surroundings())
    default: throw Missing(what: "a step \(step.do)")
    }
  }

  /// What a screen shows, line by line.
  func show(_ screen: String) throws -> [String] {
    switch screen {
    case "first_run":
      let shown = try need(firstRun, "").state
      let chosen = shown.chosen.joined(separator: ", ")
      var lines = [
        "button: \(shown.buttonTitle), \(shown.isButtonEnabled), done \(shown.isDone), \(chosen)"
      ]
      for region in shown.regions {
        lines.append(region.name)
        lines += region.countries.map { "  \($0.spoken)" }
      }
      return lines + some(shown.emptyText)
    case "followed":
      let shown = try need(countries, "").state
      return shown.followed.map { "\($0.code) \($0.unreadText) level \($0.level): \($0.spoken)" }
        + trouble(shown.trouble)
    case "countries":
      let shown = try need(countries, "").state
      let lines = shown.all.map {
        "\($0.code) \($0.region), \($0.unreadText) level \($0.level): \($0.spoken)"
      }
      return [shown.allTitle] + lines + some(shown.emptyText) + trouble(shown.trouble)
    case "card":
      let shown = try need(countries, "").state
      return [shown.cardSpoken, shown.card?.overlookedFacts ?? ""]
    case "globe":
      let model = try need(globe, "")
      let shown = model.state
      let picture = model.picture()
      let camera = shown.camera
      let at = "\(whole(camera.lon)) east, \(whole(camera.lat)) north, zoom \(whole(camera.zoom * 10))"
      let name = shown.selected?.globeLabel ?? "null"
      let seen = "seen \(picture.selectedAt != nil), shapes \(picture.shapeTints.count > 100)"
      return ["at \(at), moves \(shown.isMoving), \(name), \(seen)", shown.spoken]
    case "selected": return [try need(countries, "").state.globeSpoken]
    case "trouble": return trouble(try need(countries, "").state.trouble)
    case "stories":
      let shown = try need(stories, "").state
      let lines = inOrder(shown) { (item: StoryItem) -> String in
        let marks = item.marks.map(self.mark).joined(separator: ", ")
        return "\(item.country) \(item.age) | \(item.takes ?? "") \(marks) | "
          + "\(item.overlooked ?? "") | \(item.spoken)"
      }
      return [shown.title, shown.subtitle] + lines + some(
        shown.newText, shown.emptyTitle, shown.emptyText, shown.nextCountry?.text)
        + trouble(shown.trouble)
    case "heads":
      let shown = try need(stories, "").state
      let lines = inOrder(shown) { (item: StoryItem) -> String in
        let unread = item.isUnread ? "•" : " "
        let saved = item.isSaved ? "s" : " "
        return "\(unread) \(saved) \(item.headline)"
      }
      return [shown.subtitle] + lines + some(
        shown.newText, shown.emptyTitle, shown.emptyText, shown.nextCountry?.text)
        + trouble(shown.trouble)
    case "first":
      let shown = try need(stories, "").state
      let lines = shown.stories.prefix(1).map {
        "\($0.spoken) | \($0.age) | \($0.readAction), \($0.saveAction)"
      }
      return lines + trouble(shown.trouble)
    case "undo": return some(try need(stories, "").state.undoText)
    case "perspectives":
      return try need(stories, "").state.perspectives.map {
        "\($0.id): \($0.name), \(mark($0.kind)), \($0.count)"
      }
    case "syncing":
      let shown = try kit.syncing.state
      return ["running \(shown.isRunning) \(shown.text)"] + some(shown.notice)
        + trouble(shown.trouble)
    case "article":
      let shown = try need(article, "").state
      let minutes = shown.facts.components(separatedBy: " · ").last ?? ""
      let place = shown.position.map { "\($0.block):\($0.thousandths)" } ?? "null"
      let byline = "\(shown.bylineSpoken), \(shown.country), \(shown.language)"
      let saved = "saved \(shown.isSaved): \(shown.saveAction)"
      let toggle = shown.toggle.map { "\($0.english) | \($0.original) | \($0.spoken)" }
      let lines = [
        shown.title,
        "\(byline), right to left \(shown.isRightToLeft), \(saved)",
        "blocks \(shown.blocks.count), minutes \(minutes), at \(place)",
      ]
      let notes = some(
        shown.standfirst, toggle, shown.translationNote, shown.bodyNote, shown.loadingText)
      return lines + notes + trouble(shown.trouble)
    case "takes":
      let shown = try need(article, "").state
      var lines = [shown.label?.name ?? "", shown.compareTitle ?? "", shown.nextText ?? ""]
      lines += shown.takes.map(take)
      if let coverage = shown.coverage {
        lines += [coverage.ranText, coverage.americanText, coverage.text, coverage.spoken]
        lines += coverage.conditions.map(\.spoken)
      }
      return lines
    case "compare":
      let shown = try need(compare, "").state
      return [shown.title, shown.subtitle] + shown.takes.map(take) + some(shown.emptyText)
    case "overlooked":
      let shown = try need(overlooked, "").state
      let filters = shown.filters.map { "\($0.text) \($0.isChosen)" }.joined(separator: ", ")
      let lines = shown.stories.map { (item: OverlookedItem) -> String in
        let ticks = item.countries.map { "\($0.code) \($0.ran)" }.joined(separator: ", ")
        return "\(item.country) \(item.countryName) \(item.age) \(item.americanText) "
          + "\(item.ranText) \(ticks) | \(item.spoken)"
      }
      return [shown.title, shown.definition, filters] + lines + some(shown.emptyText)
    case "search":
      let shown = try need(search, "").state
      let head = "\(shown.title): \(shown.text), \(shown.isSearching), \(shown.orderTitle), "
      let lines = shown.found.map {
        "\($0.country) \($0.age) \(marked($0.headline)) | \(marked($0.excerpt)) | \($0.spoken)"
      }
      return [head + "more \(shown.hasMore)"] + lines + some(shown.emptyText)
        + trouble(shown.trouble)
    case "search.more":
      let shown = try need(search, "").state
      let recent = shown.recent.joined(separator: ", ")
      let head =
        "\(shown.placeholder) | \(shown.countText ?? "") | \(recent) | saved \(shown.filter.isSaved)"
      let places = shown.places.map { "\($0.country) publisher \($0.isPublisher): \($0.spoken)" }
      return [head] + places + some(shown.emptyText)
    case "mutes.more":
      let shown = try need(mutes, "").state
      let lengths = shown.lengths.map { "\($0.name) \($0.isChosen)" }.joined(separator: ", ")
      var lines = [lengths]
      lines += shown.mutes.map { "\($0.facts) | \($0.endAction)" }
      lines += shown.offers.map { "\($0.action) | \($0.kind)" }
      lines += shown.hidden.map { "\($0.country) \($0.by) | \($0.spoken)" }
      return lines + ["more \(shown.hasMoreHidden)"]
    case "mutes":
      let shown = try need(mutes, "").state
      return [shown.title] + shown.mutes.map(\.spoken) + shown.offers.map { "? \($0.spoken)" }
        + some(shown.undoText, shown.emptyText) + trouble(shown.trouble)
    case "offline":
      let shown = try need(offline, "").state
      return some(shown.readyText, shown.resultText, shown.buttonTitle, shown.wifiOnlySpoken)
        + trouble(shown.trouble)
    case "offline.more":
      let shown = try need(offline, "").state
      let ready = shown.ready.map { "\($0.country ?? "null") \($0.isWhole) \($0.spoken)" }
      return ["text \(shown.textShare > 0) pictures \(shown.pictureShare >= 0)"] + ready
    case "models":
      let shown = try need(languages, "").state
      let lines = shown.languages.filter { $0.action != nil }
        .map { "\(phase($0.phase)) \($0.spoken): \($0.actionSpoken)" }
      let triable = shown.languages.compactMap(\.tryAction)
      let trial = shown.trial.map { "\($0.code) \($0.original): \($0.spoken)" }
      return [shown.modelsText, shown.address] + shown.engines.map(\.spoken) + lines
        + (triable.isEmpty ? ["nothing to try"] : triable) + some(trial) + trouble(shown.trouble)
    case "regions":
      let shown = try need(firstRun, "").state
      let choices = shown.regionChoices.map { "\($0.name) \($0.isChosen)" }
      return [choices.joined(separator: ", ")] + shown.regions.flatMap { $0.countries.map(\.name) }
    case "jobs":
      return try kit.background.plans().map {
        "\($0.job) every \(Int($0.every / 60)) minutes, unmetered only \($0.isUnmeteredOnly), "
          + "charging only \($0.isChargingOnly)"
      }
    case "job": return notice.map { ["\($0.channel): \($0.title), \($0.text)"] } ?? []
    case "link":
      switch opening {
      case .article(let id):
        let at = try need(stories, "").state.stories.firstIndex { $0.article == id } ?? -1
        return ["article \(at) of the list"]
      case .country(let code): return ["country \(code)"]
      case .offline: return ["offline"]
      case nil: return ["nothing"]
      }
    case "publisher":
      let shown = try need(about, "").state
      let head = "\(shown.title), muted \(shown.isMuted), \(shown.muteTitle), "
        + "\(shown.openTitle) \(shown.home?.absoluteString ?? "null")"
      return [head] + shown.facts.map { "\($0.spoken) | \($0.source ?? "")" }
        + trouble(shown.trouble)
    case "publishers":
      let shown = try need(publishers, "").state
      var lines: [String] = []
      for group in shown.groups {
        lines.append("\(group.code) \(group.name)")
        lines += group.publishers.map { "  \($0.isOn) \($0.spoken)" }
      }
      return lines + some(shown.undoText) + trouble(shown.trouble)
    case "site":
      let shown = try need(site, "").state
      let country = "\(shown.country ?? "null") \(shown.countryName) (\(shown.countrySign ?? ""))"
      let language = "\(shown.languageName) (\(shown.languageSign ?? ""))"
      let feeds = shown.feeds.map {
        "\($0.isChosen) \($0.isKnown) \($0.spoken) | \($0.titles.joined(separator: "; "))"
      }
      let lines = [
        "\(shown.title): \(shown.address) | \(shown.buttonTitle) \(shown.isButtonEnabled)",
        "\(shown.name) | \(shown.home) | \(country) | \(language)",
      ]
      return lines + feeds + some(shown.addedText, shown.emptyText) + trouble(shown.trouble)
    case "moving":
      let shown = try need(moving, "").state
      let lines = ["\(shown.title): moving \(shown.isMoving)", shown.facts]
      return lines + some(shown.resultText) + shown.faults + some(shown.countryText)
        + trouble(shown.trouble)
    case "history":
      let shown = try need(history, "").state
      return ["\(shown.title), more \(shown.hasMore)"]
        + shown.articles.map { "\($0.country) \($0.age): \($0.spoken)" }
        + shown.changes.map { "< \($0.spoken)" } + some(shown.doneText, shown.emptyText)
        + trouble(shown.trouble)
    case "rescue":
      let shown = try need(countries, "").state
      return some(shown.rescue.map { "\($0.text) [\($0.dismissTitle)]" }) + trouble(shown.trouble)
    // How many bytes each takes differs from machine to machine.
    case "storage":
      let shown = try need(storage, "").state
      func said(_ choices: [StorageChoice]) -> String {
        choices.map { $0.isChosen ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
      }
      let whole = Int((shown.items.reduce(0) { $0 + $1.fraction } * 100).rounded())
      return [
        "\(shown.title), loading \(shown.isLoading), \(whole) %", said(shown.budgets),
        said(shown.packBudgets), said(shown.ages),
      ] + some(shown.cleanTitle) + trouble(shown.trouble)
    case "languages":
      let shown = try need(languages, "").state
      let lines = shown.languages.map { "\($0.code) \($0.ownName): \($0.spoken)" }
      return [shown.originalsFirstSpoken] + lines
    case "settings":
      let shown = try need(settings, "").state
      return [
        shown.originalsFirstSpoken, shown.wifiOnlySpoken, shown.offlineSpoken, shown.textSizeText,
        shown.budgetText, shown.keptText,
        "countries \(shown.countriesText), publishers \(shown.publishersText), "
          + "muted \(shown.mutedText), languages \(shown.languagesText)",
      ]
    default: throw Missing(what: "a screen \(screen)")
    }
  }

  /// Stories of one moment have no order of their own.
  private func inOrder(_ shown: StoriesState, _ line: (StoryItem) -> String) -> [String] {
    var ages: [String] = []
    for story in shown.stories where !ages.contains(story.age) { ages.append(story.age) }
    return ages.flatMap { age in
      // As Kotlin sorts: by UTF-16, not by a locale.
      shown.stories.filter { $0.age == age }.map(line)
        .sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
    }
  }

  private func take(_ of: TakeItem) -> String {
    "\(of.label.name) (\(mark(of.label.kind)), \(of.label.rule)) \(of.place) \(of.ownText ?? "") "
      + "\(of.spoken) | "
      + "\(of.alsoIn ?? "") | \(of.label.why) | "
      + "\(of.label.evidence.joined(separator: "; ")) | \(of.label.notClaimed)"
  }

  private func mark(_ kind: PerspectiveKind) -> String { "\(kind)" }

  private func trouble(_ trouble: Trouble?) -> [String] {
    some(trouble.map { "! \($0.text) [\($0.actionTitle ?? "")]" })
  }

  private func some(_ lines: String?...) -> [String] { lines.compactMap { $0 } }

  private func marked(_ text: [Stretch]) -> String {
    text.map { $0.found ? "[\($0.text)]" : $0.text }.joined()
  }

  private func of(_ number: Int?) throws -> Double { Double(try need(number, "a number")) }

  private func whole(_ of: Double) -> Int { Int(of.rounded()) }

  private func phase(_ of: LanguagePhase) -> String {
    switch of {
    case .notOffered: "not_offered"
    case .offered: "offered"
    case .fetching: "fetching"
    case .installed: "installed"
    }
  }
}
