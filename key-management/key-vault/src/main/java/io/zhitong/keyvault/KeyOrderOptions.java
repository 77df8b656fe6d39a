package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Proposal;
import io.zhitong.smcrypto.MalformedInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * How a command orders something of a vault (指令选项): of the process that serves it as a proposal that two custodians
 * approve; of a folder that nobody serves at once, with the quorum's shares.
 */
final class KeyOrderOptions {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
    private Path data = Path.of("vault");

    @Option(
            names = "--share",
            paramLabel = "FILE",
            description = "a custodian's share, when no process serves the vault; repeat 保管人分量文件，可重复")
    private List<Path> shares = new ArrayList<>();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "who proposes it to a running vault 提出人 (${DEFAULT-VALUE})")
    private String proposer = "operator";

    Path data() {
        return data;
    }

    List<Path> shares() {
        return shares;
    }

    boolean served() {
        return ServedVault.served(data);
    }

    /** Does it or proposes it; prints what came of it. */
    int order(PrintWriter out, KeyOrder order) throws Exception {
        return guarded(() -> {
            if (served()) {
                propose(out, order);
            } else {
                out.println(onFolder(order));
            }
            out.flush();
            return ExitStatus.OK.code();
        });
    }

    private String onFolder(KeyOrder order) throws IOException {
        try (OfflineVault vault = OfflineVault.open(data, shares)) {
            return vault.execute(order.english(), orders -> number -> orders.execute(number, order));
        }
    }

    private void propose(PrintWriter out, KeyOrder order) {
        try (KeyAdministration vault = ServedVault.connect(data)) {
            Proposal proposal = vault.custodians().propose(proposer, order);
            out.println("proposal 待批指令 " + proposal.name() + ": " + order.english() + " "
                    + order.kind().chinese());
        }
    }

    /** Refusals as one line: 1 for a refusal of the vault, 3 for one that does not open. */
    static int guarded(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (KeyServiceException e) {
            throw new CommandFailure(
                    ExitStatus.CHECK_FAILED, e.getMessage() + " " + e.reason().chinese(), e);
        } catch (MalformedInput e) {
            throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
        } catch (VaultException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** A key as it is written on a command line. */
    static KeyRef key(String text) {
        try {
            return KeyRef.parse(text);
        } catch (KeyServiceException e) {
            throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
