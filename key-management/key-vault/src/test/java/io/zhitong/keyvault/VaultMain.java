package io.zhitong.keyvault;

import io.zhitong.cliapi.Programs;

/** {@code zt keys serve} without the other commands, for tests that need a process of its own; a guess at a PIN costs little. */
final class VaultMain {
    private VaultMain() {}

    public static void main(String[] arguments) {
        System.exit(Programs.commandLine(new KeysServeCommand.Serve(QuickPins::serve))
                .execute(arguments));
    }
}
