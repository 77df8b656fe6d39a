package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultState;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys unseal} (开启主密钥区): one custodian at a time gives his share to the running vault. */
public final class KeysUnsealCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Unseal();
    }

    @Command(
            name = "unseal",
            mixinStandardHelpOptions = true,
            description = "Give a custodian's share to the running vault 提交保管人分量，开启主密钥区.")
    static final class Unseal implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(
                names = "--share",
                paramLabel = "FILE",
                description = "file with the share; without it the share is typed 分量文件，缺省为键盘输入")
        private List<Path> shares = new ArrayList<>();

        @Option(names = "--forget", description = "forget the shares given so far 清除已提交的分量")
        private boolean forget;

        @Override
        public Integer call() throws IOException {
            try (KeyAdministration vault = ServedVault.connect(data)) {
                DoorState state = forget ? vault.door().forgetShares() : given(vault);
                print(spec.commandLine().getOut(), state);
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

        private DoorState given(KeyAdministration vault) throws IOException {
            if (shares.isEmpty()) {
                try (SecretBytes typed = SecretInput.ask("share 分量: ")) {
                    return vault.door().giveShare(typed);
                }
            }
            DoorState state = vault.door().door();
            for (Path file : shares) {
                try (InputStream in = Files.newInputStream(file);
                        SecretBytes read = SecretInput.line(in)) {
                    state = vault.door().giveShare(read);
                }
            }
            return state;
        }

        static void print(PrintWriter out, DoorState state) {
            out.println("vault 密钥库: " + state.state().english() + " "
                    + state.state().chinese());
            if (state.needed() > 0 && state.state() != VaultState.OPEN) {
                out.println("shares given 已提交分量: " + state.given().size() + " of " + state.needed()
                        + (state.given().isEmpty() ? "" : ", kept for " + state.secondsLeft() + " s 秒"));
            }
            out.flush();
        }
    }
}
