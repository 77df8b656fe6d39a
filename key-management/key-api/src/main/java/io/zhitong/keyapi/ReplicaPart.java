package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What a standby takes next (热备片段). On the wire: three times length 4 ‖ bytes; empty is nothing new.
 *
 * @param records whole audit records as they lie in the file, behind those the standby has
 * @param operational a file of the operational compartment, encrypted as it lies; the records reach as far as it remembers
 * @param masters a file of the master compartment, the same
 */
public record ReplicaPart(byte[] records, byte[] operational, byte[] masters) {
    private static final int MOST = 3 * 1024 * 1024;

    public ReplicaPart {
        records = Checks.length("records", records, 0, MOST);
        operational = Checks.length("operational compartment", operational, 0, MOST);
        masters = Checks.length("master compartment", masters, 0, MOST);
    }

    /** Whether there is nothing new. */
    public boolean isEmpty() {
        return records.length + operational.length + masters.length == 0;
    }

    void encode(ByteWriter out) {
        out.u32(records.length).bytes(records);
        out.u32(operational.length).bytes(operational);
        out.u32(masters.length).bytes(masters);
    }

    static ReplicaPart decode(ByteReader in) {
        return new ReplicaPart(part(in), part(in), part(in));
    }

    private static byte[] part(ByteReader in) {
        return in.bytes((int) Math.min(in.u32(), MOST + 1L));
    }
}
