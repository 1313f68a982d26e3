# To be sourced: the loopback world of publishers as a process beside a script.

# start_world FOLDER: serves the world, which writes what is to be known of it into the folder. It
# ends when the script does: its standard input does.
start_world() {
    mkfifo "$1/alive" "$1/said"
    "${CARGO_TARGET_DIR:-target}/debug/boundary-world" "$1" <"$1/alive" >"$1/said" &
    exec 8>"$1/alive"
}

# await_world FOLDER: waits until everything of it answers.
await_world() {
    local said
    read -r said <"$1/said"
    [ "$said" = ready ]
}
