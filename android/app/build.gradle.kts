plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "app.overview"
    compileSdk = 35
    defaultConfig {
        applicationId = "app.overview"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    buildTypes {
        debug { applicationIdSuffix = ".debug" }
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
            // Who publishes signs: no key is named here.
            signingConfig = null
            // Says of which commit it is made: not the same on two machines.
            vcsInfo.include = false
        }
    }
    buildFeatures { compose = true }
    // Encrypted for a shop, read by nobody else: F-Droid refuses it.
    dependenciesInfo {
        includeInApk = false
        includeInBundle = false
    }
    // Read from the package where they lie, at pages of 16 KB.
    packaging { jniLibs.useLegacyPackaging = false }
}

kotlin { jvmToolchain(17) }

dependencies {
    implementation(project(":ui"))
    implementation(libs.activity.compose)
    implementation(libs.compose.foundation)
    implementation(libs.core.ktx)
    implementation(libs.coroutines.android)
    implementation(libs.lifecycle.runtime.compose)
    implementation(variantOf(libs.jna) { artifactType("aar") })
}

/** The library for every processor of [android], by cargo-ndk with the NDK that ANDROID_NDK_HOME names. */
abstract class CargoNdk @Inject constructor(private val process: ExecOperations) : DefaultTask() {
    @get:Input abstract val processors: ListProperty<String>
    @get:Internal abstract val repository: DirectoryProperty
    @get:OutputDirectory abstract val libraries: DirectoryProperty

    @TaskAction
    fun build() {
        process.exec {
            workingDir = repository.get().asFile
            val targets = processors.get().flatMap { listOf("-t", it) }
            commandLine(
                listOf("cargo", "ndk") + targets +
                    listOf("--platform", "26", "-o", libraries.get().asFile.path) +
                    listOf("build", "--locked", "--profile", "phone", "-p", "overview-bindings", "--lib"),
            )
            // As .cargo/config.toml says, which does not hold beside this variable; the NDK aligns so by itself
            // from r28 on; paths of this machine would make another package of it.
            environment(
                "CARGO_ENCODED_RUSTFLAGS",
                listOf(
                    "-Cllvm-args=-enable-machine-outliner=always",
                    "-Cllvm-args=-machine-outliner-reruns=1",
                    "-Cllvm-args=-outliner-benefit-threshold=36",
                    "-Clink-arg=-Wl,-z,max-page-size=16384",
                    "--remap-path-prefix=${repository.get().asFile}=/overview",
                    "--remap-path-prefix=${System.getProperty("user.home")}/.cargo=/cargo",
                ).joinToString("\u001f"),
            )
        }
    }
}

val cargoNdk by tasks.registering(CargoNdk::class) {
    description = "The library for phones."
    processors = android.defaultConfig.ndk.abiFilters.toList().sorted()
    repository = rootProject.layout.projectDirectory.dir("..")
    libraries = layout.buildDirectory.dir("cargo-ndk")
    // cargo knows best what is old.
    outputs.upToDateWhen { false }
}

androidComponents.onVariants { variant ->
    variant.sources.jniLibs?.addGeneratedSourceDirectory(cargoNdk, CargoNdk::libraries)
}
