// swift-tools-version: 6.0
import PackageDescription

// What was built decides: on Apple's systems an XCFramework with the static library, the header and
// the module map; on Linux, for the suites, cargo's shared library and the header that
// bindings/generate.sh wrote.
#if os(Linux)
  let libraries =
    Context.environment["OVERVIEW_LIBRARIES"] ?? Context.packageDirectory + "/../../../target/bindings"
  let ffi: Target = .systemLibrary(name: "OverviewFFI")
  let link: [LinkerSetting] = [
    .unsafeFlags(["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries]),
    // Swift 6.0's libswiftObservation.so leaves a symbol undefined that only a failed lock calls.
    .unsafeFlags(["-Xlinker", "--allow-shlib-undefined"]),
  ]
#else
  let ffi: Target = .binaryTarget(
    name: "OverviewFFI", path: "../../../target/apple/OverviewFFI.xcframework")
  let link: [LinkerSetting] = []
#endif

let package = Package(
  name: "Overview",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [
    .library(name: "OverviewBindings", targets: ["OverviewBindings"]),
    .library(name: "OverviewKit", targets: ["OverviewKit"]),
  ],
  targets: [
    ffi,
    .target(
      name: "OverviewBindings", dependencies: ["OverviewFFI"],
      // What UniFFI 0.32 writes is Swift 5.
      swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: link),
    // The state of the screens: Foundation and Observation, nothing else.
    .target(
      name: "OverviewKit", dependencies: ["OverviewBindings"],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
