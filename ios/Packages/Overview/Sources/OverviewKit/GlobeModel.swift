import Foundation
import OverviewBindings

public struct GlobeState: Equatable, Sendable {
  public var camera = globeBegin()
  /// It turns by itself: call `GlobeModel.advance` for each picture.
  public var isMoving = false
  /// What the card is of: its name stands on the globe, and what is unread.
  public var selected: CountryItem?
  /// The globe as one element: "Globe. Kenya, 38 unread".
  public var spoken = ""
  /// Of the colours: with another number the picture is another.
  public var revision = 0
}

/// One picture, in units of the viewport: what each part means says `GlobeFrame`.
public struct GlobePicture: Sendable {
  public let centreX: Float
  public let centreY: Float
  public let radius: Float
  public let points: [Float]
  public let ringEnds: [UInt32]
  public let shapeEnds: [UInt32]
  public let shapeTints: [UInt8]
  /// Which shape is the selected country.
  public let selectedShape: Int?
  /// Where the name of the selected country stands, when it is on the near side.
  public let selectedAt: GlobeSpot?
  public let dots: [Float]
  public let dotTints: [UInt8]
  public let net: [Float]
  public let netEnds: [UInt32]

  init(_ of: GlobeFrame) {
    centreX = of.centreX
    centreY = of.centreY
    radius = of.radius
    points = floats(of.points)
    ringEnds = integers(of.ringEnds)
    shapeEnds = integers(of.shapeEnds)
    shapeTints = Array(of.shapeTints)
    selectedShape = of.selectedShape.map { Int($0) }
    selectedAt = of.selectedAt
    dots = floats(of.dots)
    dotTints = Array(of.dotTints)
    net = floats(of.net)
    netEnds = integers(of.netEnds)
  }
}

/// The globe of a `CountriesModel`, and what turns it. It selects among its countries.
public final class GlobeModel: Model<GlobeState> {
  private let countries: CountriesModel
  private let globe = Globe()
  private var camera = globeBegin()
  private var viewport = GlobeViewport(width: 1, height: 1, reach: 0)
  private var motion: Motion?
  /// It was turned: to where it begins, or by a person.
  private var isTurned = false
  /// What the globe is tinted by.
  private var tinted: [CountrySummary]?
  private var revision = 0

  /// Turns at once instead of moving, as the system says that a person wants it.
  public var isMotionReduced = false

  init(_ kit: Kit, _ countries: CountriesModel) {
    self.countries = countries
    super.init(kit, GlobeState())
    countries.follower = { [weak self] in self?.render() }
    render()
  }

  /// How large the picture is, and how far from a small country a touch may be: 24 points.
  public func resize(width: Double, height: Double, reach: Double) {
    viewport = GlobeViewport(width: width, height: height, reach: reach)
  }

  public func picture() -> GlobePicture {
    let selected = countries.state.card?.code
    return GlobePicture(globe.frame(camera: camera, viewport: viewport, selected: selected))
  }

  /// A finger lies on it: it stands still.
  public func hold() {
    motion = nil
    render()
  }

  /// A finger moved so far.
  public func drag(_ dx: Double, _ dy: Double) {
    motion = nil
    isTurned = true
    camera = globeDrag(camera: camera, viewport: viewport, dx: dx, dy: dy)
    render()
  }

  /// A finger left it at this speed, in units of the viewport a second.
  public func fling(_ vx: Double, _ vy: Double) {
    motion = isMotionReduced ? nil : Motion(from: camera, kind: .flick(vx: vx, vy: vy))
    render()
  }

  /// Two fingers moved apart by this factor.
  public func zoom(_ factor: Double) {
    motion = nil
    camera = globeZoom(camera: camera, factor: factor)
    render()
  }

  /// Selects the country that a touch means; where it means none that is listed, all stays as it is.
  @discardableResult
  public func pick(_ x: Double, _ y: Double) -> CountryCode? {
    motion = nil
    let met = globe.countryAt(camera: camera, viewport: viewport, x: x, y: y)
    let picked = met.flatMap { code in
      (countries.summaries ?? []).contains { $0.country == code } ? code : nil
    }
    if let picked { countries.select(picked) }
    return picked
  }

  /// Selects a country and turns to it.
  public func flyTo(_ code: CountryCode) {
    countries.select(code)
    turn(code)
  }

  /// To the next country by name, or the one before.
  public func flyToNext(_ step: Int = 1) {
    countries.selectNext(step)
    if let selected = countries.state.selected { turn(selected.code) }
  }

  private func turn(_ code: CountryCode) {
    isTurned = true
    guard let point = globePointOf(country: code) else { return }
    let to = GlobeCamera(lon: point.lon, lat: point.lat, zoom: camera.zoom)
    motion = isMotionReduced ? nil : Motion(from: camera, kind: .flight(to: to))
    if isMotionReduced { camera = to }
    render()
  }

  /// The first picture has the card's country in the middle.
  private func begin(_ code: CountryCode) {
    guard let point = globePointOf(country: code) else { return }
    isTurned = true
    camera = GlobeCamera(lon: point.lon, lat: point.lat, zoom: camera.zoom)
  }

  /// So many seconds passed since the picture before.
  public func advance(_ seconds: Double) {
    guard var motion else { return }
    motion.passed += seconds
    let isOver: Bool
    switch motion.kind {
    case .flight(let to):
      let fraction = motion.passed / flightSeconds
      camera = globeFly(camera: motion.from, to: to, fraction: fraction)
      isOver = fraction >= 1
    case .flick(let vx, let vy):
      let flick = globeFlick(
        camera: motion.from, viewport: viewport, vx: vx, vy: vy, seconds: motion.passed)
      camera = flick.camera
      isOver = flick.ended
    }
    self.motion = isOver ? nil : motion
    render()
  }

  override func render() {
    if countries.summaries != tinted {
      tinted = countries.summaries
      globe.tintBy(countries: tinted ?? [])
      revision += 1
    }
    let shown = countries.state
    if !isTurned, let card = shown.card { begin(card.code) }
    show(
      GlobeState(
        camera: camera, isMoving: motion != nil, selected: shown.card,
        spoken: shown.globeSpoken, revision: revision))
  }
}

private let flightSeconds = 0.35

private struct Motion {
  enum Kind {
    case flight(to: GlobeCamera)
    case flick(vx: Double, vy: Double)
  }

  let from: GlobeCamera
  let kind: Kind
  var passed = 0.0
}

private func floats(_ bytes: Data) -> [Float] {
  integers(bytes).map(Float.init(bitPattern:))
}

private func integers(_ bytes: Data) -> [UInt32] {
  bytes.withUnsafeBytes { raw in
    (0..<raw.count / 4).map {
      UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
    }
  }
}
