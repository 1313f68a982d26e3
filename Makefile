# Each job has one target. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run desktop test android android-check boundary boundary-bench screens-bench boundary-soak phones size lint docs bench score train-stance screenshots kill soak fuzz

CARGO ?= cargo

help: ## list the jobs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

desktop: ## the phone's screens in a window, on the sample world (Java 17 and Maven)
	android/desktop.sh

run: ## read the news in the terminal
	$(CARGO) run --release

test: ## every test, in Rust, Kotlin and Swift; says what it skips for want of tools, and fails in CI
	$(CARGO) test --workspace --locked
	tests/suites.sh
	tests/android-check.sh

android: ## the suite of the Android app: the real Activity without a phone
	tests/suites.sh android

android-check: ## what can be proved of the Android package without Gradle and the SDK
	OVERVIEW_MAVEN=-DskipTests tests/suites.sh android
	tests/android-check.sh

boundary: ## the suites of Kotlin and Swift, without the Android app
	tests/suites.sh kotlin swift

phones: ## the static library compiled for Android and iOS (needs rustup and pip; nothing to ship)
	bindings/phones.sh

size: ## what the library weighs in an app, linked for both phones, and what its parts cost
	bindings/size.sh

boundary-bench: ## what a call from Kotlin and from Swift costs, on the optimised library
	tests/boundary-bench.sh

screens-bench: ## what a frame of the phone's screens costs off-screen, and a start by phase
	tests/screens-bench.sh

boundary-soak: ## ten minutes of random use from eight coroutines and eight tasks, with what is held
	OVERVIEW_MINUTES=10 OVERVIEW_ONLY=RandomUseTest tests/suites.sh kotlin swift

lint: ## formatting, clippy, documentation, and licences where cargo-deny is installed
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked
	sh tests/deny.sh

docs: ## docs/perspectives.md, written from the table of rules
	$(CARGO) run --locked -q -p overview-core --example perspectives > docs/perspectives.md

bench: ## the numbers of ARCHITECTURE.md, beside newsboat, sfeed and other extractors of articles
	$(CARGO) run --release --locked -p overview-tests --bin bench
	sh tests/extractors/run.sh

score: ## feeds, pages and stories scored on the suites in ../shared; fails under the bar
	$(CARGO) build --release --locked -p overview
	sh tests/score.sh

train-stance: ## the weights of the stance model, from the sentences in ../shared
	$(CARGO) run --release --locked -p overview-core --example train_stance -- \
		../shared/data/stance/newsmtsc-train.jsonl ../shared/data/stance/newsmtsc-dev.jsonl core/src/story/stance/weights.bin

screenshots: ## the pictures of the README, drawn from the reader on the sample world
	$(CARGO) build --release --locked -p overview
	$(CARGO) run --locked -p overview --example screenshots -- target/release/overview docs
	OVERVIEW_ONLY=PicturesTest tests/suites.sh kotlin
	cd tests/screens/target/pictures && cp globe.png stories.png article.png takes.png ../../../../docs/screens/

kill: ## 200 rounds of SIGKILL in the middle of a sync, and 50 packs cut off, instead of a few
	OVERVIEW_KILLS=200 $(CARGO) test --release --locked -p overview-tests --test world killed:: -- --nocapture
	OVERVIEW_CUTS=50 $(CARGO) test --release --locked -p overview-tests --test world pack:: -- --nocapture

soak: ## thousands of cases of each property, 40,000 random keys in the reader, the second search, the long table of faults
	PROPTEST_CASES=4096 $(CARGO) test --release --locked --workspace --lib
	$(CARGO) test --release --locked -p overview-tests --test world second_search:: -- --include-ignored --nocapture
	$(CARGO) test --release --locked -p overview -- --ignored ten_thousand
	OVERVIEW_SOAK=1 $(CARGO) test --release --locked -p overview-tests --test world faults:: -- --nocapture --test-threads 1
	OVERVIEW_KILLS=1000 $(CARGO) test --release --locked -p overview-tests --test world killed:: -- --nocapture

fuzz: ## fuzzing: feeds and dates ten minutes each, pages thirty (needs cargo-fuzz and a nightly compiler)
	cd tests/fuzz && $(CARGO) +nightly fuzz run feed -- -max_total_time=600
	cd tests/fuzz && $(CARGO) +nightly fuzz run page -- -max_total_time=1800
	cd tests/fuzz && $(CARGO) +nightly fuzz run date -- -max_total_time=600
