package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineRegister;
import io.zhitong.keyapi.Revocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys machines} (机器证书清单): who has which certificate until when. */
public final class KeysMachinesCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new MachinesList();
    }

    @Command(
            name = "machines",
            mixinStandardHelpOptions = true,
            description = "List the machine certificates given 列出已签发的机器证书.")
    static final class MachinesList implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--all", description = "those too that are over or revoked 包括已过期和已吊销的")
        private boolean all;

        @Override
        public Integer call() throws IOException {
            try (MachineAccess vault = MachineAccess.of(data)) {
                list(vault.machines(), spec.commandLine().getOut());
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

        private void list(MachineRegister machines, PrintWriter out) {
            Map<BigInteger, Revocation> revoked =
                    machines.revocations().stream().collect(Collectors.toMap(Revocation::serial, Function.identity()));
            Instant now = Instant.now();
            int shown = 0;
            List<IssuedMachine> page = machines.issued(0);
            for (int from = 0; !page.isEmpty(); from += page.size(), page = machines.issued(from)) {
                for (IssuedMachine machine : page) {
                    MachineState state = MachineState.of(machine, revoked.containsKey(machine.serial()), now);
                    if (all || state.counts()) {
                        out.println(line(machine, state, revoked));
                        shown++;
                    }
                }
            }
            out.println(shown + " certificates 张证书");
            out.flush();
        }

        private static String line(IssuedMachine machine, MachineState state, Map<BigInteger, Revocation> revoked) {
            Revocation why = revoked.get(machine.serial());
            return String.join(
                    "  ",
                    machine.serial().toString(16),
                    machine.profile().toString(),
                    machine.name().toString(),
                    machine.from() + " – " + machine.to(),
                    state.english() + " " + state.chinese()
                            + (why == null
                                    ? ""
                                    : " " + why.since() + ", " + why.reason().english() + " "
                                            + why.reason().chinese()));
        }
    }
}
