package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.util.ArrayList;
import java.util.List;

/**
 * An order that waits for two custodians, or what became of it (待批指令). On the wire: number 8 ‖ order sized ‖ proposer
 * text ‖ made 8 ‖ ends 8 ‖ state 1 ‖ count 1 ‖ approvers 1 each ‖ outcome text.
 *
 * @param number random, used once; 8 bytes
 * @param order what is to be done
 * @param proposer who asked
 * @param made Unix milliseconds
 * @param ends Unix milliseconds; from then on nobody can approve
 * @param state where it stands
 * @param approvers custodians' numbers in the order of their approvals
 * @param outcome what the vault answered when it was done, or why it failed; else empty
 */
public record Proposal(
        byte[] number,
        KeyOrder order,
        String proposer,
        long made,
        long ends,
        ProposalState state,
        List<Integer> approvers,
        String outcome) {
    /** Length of the one-time number. */
    public static final int NUMBER = 8;

    private static final int MOST_OUTCOME = 4096;

    public Proposal {
        number = Checks.length("proposal number", number, NUMBER);
        Custodian.checkName(proposer);
        approvers = List.copyOf(approvers);
        approvers.forEach(each -> Checks.range("custodian", each, 1, Custodian.MOST));
        Checks.range("outcome text", outcome.length(), 0, MOST_OUTCOME);
    }

    /** What an approval is bound to: SM3('ZTO1' ‖ number 8 ‖ made 8 ‖ ends 8 ‖ canonical order). */
    public byte[] digest() {
        return Sm3.hash(new ByteWriter()
                .ascii("ZTO1")
                .bytes(number)
                .u64(made)
                .u64(ends)
                .bytes(order.canonical())
                .toByteArray());
    }

    /** Number as 16 hex digits, as people name it. */
    public String name() {
        return Hex.of(number);
    }

    public Proposal with(ProposalState newState, List<Integer> newApprovers, String newOutcome) {
        return new Proposal(number, order, proposer, made, ends, newState, newApprovers, newOutcome);
    }

    /** Writes the wire form, which is also the stored one. */
    public void encode(ByteWriter out) {
        out.bytes(number).sized(order.canonical()).text(proposer).u64(made).u64(ends);
        out.u8(state.code()).u8(approvers.size());
        approvers.forEach(out::u8);
        out.text(outcome);
    }

    /** Reads the wire form. */
    public static Proposal decode(ByteReader in) {
        byte[] number = in.bytes(NUMBER);
        KeyOrder order = KeyOrder.decode(in.sized());
        String proposer = in.text();
        long made = in.u64();
        long ends = in.u64();
        ProposalState state = ProposalState.of(in.u8());
        List<Integer> approvers = new ArrayList<>();
        for (int count = in.u8(); count > 0; count--) {
            approvers.add(in.u8());
        }
        return new Proposal(number, order, proposer, made, ends, state, approvers, in.text());
    }
}
