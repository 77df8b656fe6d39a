package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyapi.VaultReplication;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys standby} (热备密钥库): follows a vault until it is stopped. */
public final class KeysStandbyCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Follow();
    }

    @Command(
            name = "standby",
            mixinStandardHelpOptions = true,
            description = "Follow a vault, to take over from it with 'zt keys promote' 跟随主密钥库.")
    static final class Follow implements Callable<Integer> {
        private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the standby's folder 热备数据目录")
        private Path data = Path.of("standby");

        @Option(names = "--of", required = true, paramLabel = "HOST:PORT", description = "the vault it follows 主密钥库地址")
        private String of = "";

        @Option(
                names = "--identity",
                required = true,
                paramLabel = "DIR",
                description = "copy of the vault's folder standby/ 主密钥库 standby/ 目录的副本")
        private Path identity = Path.of("standby");

        @Override
        public Integer call() throws IOException {
            Files.createDirectories(data);
            try (FileChannel lock = VaultProcess.lock(data);
                    Standby standby = Standby.of(data);
                    VaultReplication vault = vault(of, identity)) {
                PrintWriter out = spec.commandLine().getOut();
                out.println("ready");
                out.flush();
                while (lock.isOpen() && !Thread.currentThread().isInterrupted()) {
                    followOnce(standby, vault);
                }
                return ExitStatus.OK.code();
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }

        private void followOnce(Standby standby, VaultReplication vault) throws IOException {
            try {
                standby.follow(vault);
            } catch (KeyServiceException e) {
                // The vault is away, restarting, or dead: which of them, its custodians decide.
                LockSupport.parkNanos(AGAIN);
            }
        }

        static VaultReplication vault(String of, Path identity) throws IOException {
            int colon = of.lastIndexOf(':');
            if (colon < 1 || !of.substring(colon + 1).matches("[0-9]{1,5}")) {
                throw new CommandFailure(ExitStatus.USAGE, "expected HOST:PORT");
            }
            return VaultClients.follow(
                    new InetSocketAddress(of.substring(0, colon), Integer.parseInt(of.substring(colon + 1))),
                    Pem.certificates(Files.readString(identity.resolve("ca.pem")))
                            .get(0),
                    MachineIdentity.load(MachineProfile.SM2, identity, ServedVault.STANDBY.name()));
        }
    }
}
