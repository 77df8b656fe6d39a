package io.zhitong.keyvault;

import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Proposal;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys custodians …} (保管人与双人控制). */
final class CustodianCommands {
    private CustodianCommands() {}

    static void print(PrintWriter out, Proposal each) {
        out.println(
                each.name() + "  " + each.state().english() + " " + each.state().chinese() + "  "
                        + each.order().english() + " " + each.order().kind().chinese());
        out.println("  by 提出 " + each.proposer() + ", until 截止 " + Instant.ofEpochMilli(each.ends())
                + ", approved by 已批准 " + each.approvers()
                + (each.outcome().isEmpty() ? "" : ", " + each.outcome()));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Show the custodians and who is locked 列出保管人.")
    static final class ListAll extends ServedCall {
        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            for (Custodian each : vault.custodians().list()) {
                out.println(each.number() + "  " + each.name() + "  "
                        + (each.locked() ? "locked 已锁定" : "wrong PINs 错误次数 " + each.wrongPins()));
            }
        }
    }

    @Command(name = "pin", mixinStandardHelpOptions = true, description = "Change one's PIN 更改口令.")
    static final class Pin extends CustodianCall {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) throws IOException {
            try (SecretBytes fresh = by.more().askNew("new PIN 新口令: ")) {
                vault.custodians().changePin(by.custodian(), by.pin(), fresh);
            }
            out.println("PIN changed 口令已更改");
        }
    }

    @Command(
            name = "unlock",
            mixinStandardHelpOptions = true,
            description = "Propose to unlock a custodian; two others approve 提出解锁保管人.")
    static final class Unlock extends ServedCall {
        @Option(names = "--custodian", required = true, paramLabel = "N", description = "who is locked 被锁定的保管人")
        private int custodian;

        @Option(names = "--as", paramLabel = "NAME", description = "who proposes 提出人 (${DEFAULT-VALUE})")
        private String proposer = "operator";

        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            print(out, vault.custodians().propose(proposer, new KeyOrder.UnlockCustodian(custodian)));
        }
    }

    @Command(
            name = "proposals",
            mixinStandardHelpOptions = true,
            description = "Show what waits for two custodians, and what became of the rest 列出待批指令.")
    static final class Proposals extends ServedCall {
        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            vault.custodians().proposals().forEach(each -> print(out, each));
        }
    }

    /** A custodian's word about one proposal, which is shown before the PIN is asked for. */
    private abstract static class OnProposal extends CustodianCall {
        @Option(names = "--proposal", required = true, paramLabel = "NUMBER", description = "16 hex digits 指令编号")
        private String number = "";

        @Override
        final void before(KeyAdministration vault, PrintWriter out) {
            print(out, found(vault));
        }

        final Proposal found(KeyAdministration vault) {
            return vault.custodians().proposals().stream()
                    .filter(each -> each.name().equalsIgnoreCase(number))
                    .findFirst()
                    .orElseThrow(() -> new KeyServiceException(
                            KeyRefusal.UNKNOWN_PROPOSAL, "list them: zt keys custodians proposals"));
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approve; the second approval does it 批准指令，第二人批准后执行.")
    static final class Approve extends OnProposal {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) {
            Proposal shown = found(vault);
            print(out, vault.custodians().approve(shown.number(), shown.digest(), by.custodian(), by.pin()));
        }
    }

    @Command(name = "withdraw", mixinStandardHelpOptions = true, description = "Stop a proposal 撤回指令.")
    static final class Withdraw extends OnProposal {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) {
            print(out, vault.custodians().withdraw(found(vault).number(), by.custodian(), by.pin()));
        }
    }
}
