package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineRegister;
import io.zhitong.keyapi.RevocationReason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys revoke} (吊销机器证书). */
public final class KeysRevokeCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Revoke();
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revoke a machine certificate 吊销机器证书.")
    static final class Revoke implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(
                names = "--serial",
                required = true,
                paramLabel = "HEX",
                description = "as zt keys machines shows it 证书序列号")
        private String serial = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "REASON",
                description = "${COMPLETION-CANDIDATES} 吊销原因")
        private RevocationReason reason = RevocationReason.LOST;

        @Override
        public Integer call() throws IOException {
            try (MachineAccess vault = MachineAccess.of(data)) {
                BigInteger wanted = parsed();
                if (!known(vault.machines(), wanted)) {
                    throw new CommandFailure(ExitStatus.CHECK_FAILED, "no such certificate was given 没有签发过该证书");
                }
                int revoked = vault.machines().revoke(wanted, reason).size();
                spec.commandLine().getOut().println("revoked 已吊销; certificates revoked in all 共 " + revoked);
                spec.commandLine().getOut().flush();
                return ExitStatus.OK.code();
            } catch (KeyServiceException e) {
                throw new CommandFailure(
                        ExitStatus.CHECK_FAILED,
                        e.reason().english() + " " + e.reason().chinese(),
                        e);
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }

        private BigInteger parsed() {
            if (!serial.matches("[0-9A-Fa-f]{1,40}")) {
                throw new CommandFailure(ExitStatus.USAGE, "expected --serial of 1 to 40 hex digits");
            }
            return new BigInteger(serial, 16);
        }

        private static boolean known(MachineRegister machines, BigInteger wanted) {
            List<IssuedMachine> page = machines.issued(0);
            for (int from = 0; !page.isEmpty(); from += page.size(), page = machines.issued(from)) {
                if (page.stream().anyMatch(machine -> machine.serial().equals(wanted))) {
                    return true;
                }
            }
            return false;
        }
    }
}
