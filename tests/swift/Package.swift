// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "OverviewTests",
  platforms: [.iOS(.v17), .macOS(.v14)],
  dependencies: [.package(path: "../../ios/Packages/Overview")],
  targets: [
    .testTarget(
      name: "BoundaryTests",
      dependencies: [.product(name: "OverviewBindings", package: "Overview")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
    .testTarget(
      name: "KitTests",
      dependencies: [.product(name: "OverviewKit", package: "Overview")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
