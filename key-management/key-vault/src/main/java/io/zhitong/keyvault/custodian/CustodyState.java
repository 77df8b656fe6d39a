package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What dual control keeps (双人控制状态): version 1 (01) ‖ newest time 8 ‖ count 1 ‖ custodians ‖ count 2 ‖ proposals. Empty
 * bytes are an empty state.
 *
 * @param newest Unix milliseconds seen last; time never goes back behind it
 * @param custodians by number
 * @param proposals oldest first
 */
record CustodyState(long newest, List<CustodianEntry> custodians, List<Proposal> proposals) {
    private static final int VERSION = 1;
    private static final int MOST_OVER = 64;

    CustodyState {
        custodians = List.copyOf(custodians);
        proposals = List.copyOf(proposals);
    }

    CustodyState withCustodians(List<CustodianEntry> changed) {
        return new CustodyState(newest, changed, proposals);
    }

    CustodyState at(long now) {
        return new CustodyState(now, custodians, proposals);
    }

    /** With a proposal put in or changed; of those that are over the newest {@value #MOST_OVER} stay. */
    CustodyState with(Proposal changed) {
        List<Proposal> all = new ArrayList<>(proposals);
        all.replaceAll(each -> Arrays.equals(each.number(), changed.number()) ? changed : each);
        if (!all.contains(changed)) {
            all.add(changed);
        }
        long over = all.stream().filter(CustodyState::over).count();
        for (int i = 0; over > MOST_OVER; i++) {
            if (over(all.get(i))) {
                all.remove(i--);
                over--;
            }
        }
        return new CustodyState(newest, custodians, all);
    }

    static boolean over(Proposal proposal) {
        return proposal.state() != ProposalState.WAITING && proposal.state() != ProposalState.APPROVED;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u64(newest).u8(custodians.size());
        custodians.forEach(each -> each.encode(out));
        out.u16(proposals.size());
        proposals.forEach(each -> each.encode(out));
        return out.toByteArray();
    }

    static CustodyState decode(byte[] kept) {
        if (kept.length == 0) {
            return new CustodyState(0, List.of(), List.of());
        }
        ByteReader in = new ByteReader(kept);
        if (in.u8() != VERSION) {
            throw new IllegalStateException("expected dual control of layout 1: this program is older than its store");
        }
        long newest = in.u64();
        List<CustodianEntry> custodians = new ArrayList<>();
        for (int count = in.u8(); count > 0; count--) {
            custodians.add(CustodianEntry.decode(in));
        }
        List<Proposal> proposals = new ArrayList<>();
        for (int count = in.u16(); count > 0; count--) {
            proposals.add(Proposal.decode(in));
        }
        in.end();
        return new CustodyState(newest, custodians, proposals);
    }
}
