using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commissioning;

/// <summary>A program that answers as nmcli does, keeps what was set in a file and every call in another.</summary>
internal sealed class FakeNetworkManager : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeNetworkManager()
    {
        Program = _folder.File("nmcli");
        File.WriteAllText(Program, $$"""
            #!/bin/sh
            cd '{{_folder.Path}}'
            echo "$@" >> calls
            case "$*" in
              *"--active"*) printf 'aaaa:loopback:lo\nbbbb:802-3-ethernet:eth0\n' ;;
              "connection modify "*) shift 3
                [ -e refuses ] && { echo "Error: the address is taken." >&2; exit 4; }
                while [ $# -gt 1 ]; do printf '%s' "$2" > "$1"; shift 2; done ;;
              "connection up "*) ;;
              *"connection show "*) for key in ipv4.method ipv4.addresses ipv4.gateway ipv4.dns; do echo "$key:$(cat $key 2>/dev/null)"; done ;;
              *) echo "Error: unknown call $*" >&2; exit 2 ;;
            esac
            """.Replace("\r", "", StringComparison.Ordinal));
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(_folder.File("ipv4.method"), "auto");
    }

    public string Program { get; }

    public IReadOnlyList<string> Calls => File.Exists(_folder.File("calls")) ? File.ReadAllLines(_folder.File("calls")) : [];

    public void Refuse() => File.WriteAllText(_folder.File("refuses"), "");

    public void Agree() => File.Delete(_folder.File("refuses"));

    public void Dispose() => _folder.Dispose();
}
