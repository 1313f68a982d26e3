import OverviewBindings

/// The globe as a picture: it does not turn.
struct StillGlobe {
  private let globe = Globe()

  /// Tinted by what is unread.
  func picture(of countries: [CountrySummary], width: Double, height: Double) -> GlobePicture {
    globe.tintBy(countries: countries)
    let viewport = GlobeViewport(width: width, height: height, reach: 0)
    return GlobePicture(globe.frame(camera: globeBegin(), viewport: viewport, selected: nil))
  }
}
