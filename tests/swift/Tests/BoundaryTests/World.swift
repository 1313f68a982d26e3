import Foundation
import OverviewBindings

/// The loopback world that `tests/suites.sh` started, and stores that read it.
enum World {
  /// Its folder: catalogue.json, hosts.tsv, scripts.tsv.
  static let folder = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["OVERVIEW_WORLD"]
      ?? "target/bindings/world")

  /// A file of two columns.
  static func table(_ name: String) throws -> [(String, String)] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let columns = line.split(separator: "\t", maxSplits: 1).map(String.init)
      return columns.count == 2 ? (columns[0], columns[1]) : nil
    }
  }

  /// A file system of a few kilobytes, where one could be mounted.
  static let smallDisk: URL? = {
    let mounted = folder.appendingPathComponent("small.mounted")
    return FileManager.default.fileExists(atPath: mounted.path)
      ? folder.appendingPathComponent("small") : nil
  }()

  /// A folder of its own for one store.
  static func newFolder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("overview-\(UUID())")
  }

  static func options(_ dataDir: URL = newFolder()) throws -> OpenOptions {
    OpenOptions(
      dataDir: dataDir,
      catalogue: try String(
        contentsOf: folder.appendingPathComponent("catalogue.json"), encoding: .utf8),
      allowPrivateAddresses: true,
      hosts: Dictionary(uniqueKeysWithValues: try table("hosts.tsv")))
  }

  /// An empty store that reads the world.
  static func open() async throws -> Overview {
    try await Overview.open(options: try options())
  }

  /// A store with the news of some countries.
  static func synced(_ countries: CountryCode...) async throws -> Overview {
    let overview = try await open()
    _ = try await overview.sync(request: SyncRequest(countries: countries)).result()
    return overview
  }
}
