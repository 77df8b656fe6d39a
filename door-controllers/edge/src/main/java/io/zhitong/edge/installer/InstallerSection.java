package io.zhitong.edge.installer;

/**
 * Section {@code installer} of a device's YAML file (安装页面配置).
 *
 * @param address where it listens, an address of this device in the installer's network; {@code 127.0.0.1} for this machine only
 * @param port 0 = any free one
 */
public record InstallerSection(String address, int port) {

    private static final int MOST = 65_535;

    public InstallerSection {
        if (port < 0 || port > MOST || address.isBlank()) {
            throw new IllegalArgumentException("expected an address and a port from 0 to 65535");
        }
    }
}
