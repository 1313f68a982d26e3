/// One look at a time: what changes meanwhile is looked at once more afterwards, however often it
/// changed.
@MainActor final class Looking {
  private var isLooking = false
  private var isStale = false

  func again(_ look: () async -> Void) async {
    isStale = true
    if isLooking { return }
    isLooking = true
    while isStale {
      isStale = false
      await look()
    }
    isLooking = false
  }
}
