package io.zhitong.keyvault;

import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyvault.custodian.DualControl;
import io.zhitong.smcrypto.SecretBytes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What only the quorum's shares do to custodians, on a folder that nobody serves (由分量授权的保管人命令). */
final class CustodianQuorumCommands {
    private CustodianQuorumCommands() {}

    /** Opens the folder, asks for a new PIN, changes one custodian. */
    private abstract static class QuorumCall implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private KeyOrderOptions options = new KeyOrderOptions();

        @Option(
                names = "--secrets",
                paramLabel = "FILE",
                description = "the new PIN from here; else from the terminal 新口令输入文件，缺省为终端")
        private Optional<Path> secrets = Optional.empty();

        @Override
        public final Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            return KeyOrderOptions.guarded(() -> {
                try (OfflineVault vault = OfflineVault.open(options.data(), options.shares());
                        SecretSource source = SecretSource.of(secrets);
                        SecretBytes pin = source.askNew("new PIN, 6 to 12 digits 新口令: ")) {
                    out.println("custodian 保管人 " + change(vault.custodians(), pin));
                }
                out.flush();
                return ExitStatus.OK.code();
            });
        }

        /** Answers the custodian's number. */
        abstract int change(DualControl custodians, SecretBytes pin);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Name a custodian of a vault made without a ceremony, by its shares 凭分量登记保管人.")
    static final class Add extends QuorumCall {
        @Option(names = "--name", required = true, description = "the custodian's name 姓名")
        private String name = "";

        @Override
        int change(DualControl custodians, SecretBytes pin) {
            return custodians.add(name, pin);
        }
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "A new PIN for who forgot it or is locked, by the shares 凭分量重设口令并解锁.")
    static final class Reset extends QuorumCall {
        @Option(names = "--custodian", required = true, paramLabel = "N", description = "the custodian's number 保管人序号")
        private int custodian;

        @Override
        int change(DualControl custodians, SecretBytes pin) {
            custodians.reset(custodian, pin);
            return custodian;
        }
    }
}
