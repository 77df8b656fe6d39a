package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A thing in the register (保管物). On the wire: number 2 ‖ {@link CustodyEntry} ‖ state 1 ‖ since 8 ‖ receiver <i>text</i> ‖
 * lease granted 8 ‖ day granted 4.
 *
 * @param number in this register, never reused
 * @param entry what it is and who has it
 * @param state where it stands
 * @param since Unix seconds
 * @param receiver while it is being handed over: to whom; else empty
 * @param lease the last lease granted to a PSAM, as file 001A has it; zeros: none
 * @param granted day on which its highest number was raised last, BCD; zeros: never
 */
public record CustodyItem(
        int number, CustodyEntry entry, CustodyState state, long since, String receiver, byte[] lease, byte[] granted) {
    public CustodyItem {
        Checks.range("number in the register", number, 1, 0xFFFF);
        if (!receiver.isEmpty()) {
            Custodian.checkName(receiver);
        }
        lease = Checks.length("lease", lease, 8);
        granted = Checks.length("day granted", granted, 4);
    }

    /** A thing that has just come. */
    public static CustodyItem fresh(int number, CustodyEntry entry, long now) {
        return new CustodyItem(number, entry, CustodyState.HELD, now, "", new byte[8], new byte[4]);
    }

    /** The same in another state. */
    public CustodyItem in(CustodyState next, CustodyEntry nextEntry, String nextReceiver, long now) {
        return new CustodyItem(number, nextEntry, next, now, nextReceiver, lease, granted);
    }

    /** The same after a lease was granted. */
    public CustodyItem granted(byte[] newLease, byte[] day) {
        return new CustodyItem(number, entry, state, since, receiver, newLease, day);
    }

    @Override
    public byte[] lease() {
        return lease.clone();
    }

    @Override
    public byte[] granted() {
        return granted.clone();
    }

    public void encode(ByteWriter out) {
        out.u16(number);
        entry.encode(out);
        out.u8(state.code()).u64(since).text(receiver).bytes(lease).bytes(granted);
    }

    public static CustodyItem decode(ByteReader in) {
        return new CustodyItem(
                in.u16(),
                CustodyEntry.decode(in),
                CustodyState.of(in.u8()),
                in.u64(),
                in.text(),
                in.bytes(8),
                in.bytes(4));
    }
}
