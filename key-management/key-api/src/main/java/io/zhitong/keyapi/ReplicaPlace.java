package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * How far a standby has come (热备进度). On the wire: operational generation 8 ‖ master generation 8 ‖ audit number 8; 0 for
 * what is not there.
 *
 * @param operational generation of the operational compartment on its disk
 * @param masters generation of the master compartment on its disk
 * @param audit number of the newest audit record on its disk
 */
public record ReplicaPlace(long operational, long masters, long audit) {
    public ReplicaPlace {
        if (operational < 0 || masters < 0 || audit < 0) {
            throw Checks.malformed("expected generations and a number from 0");
        }
    }

    void encode(ByteWriter out) {
        out.u64(operational).u64(masters).u64(audit);
    }

    static ReplicaPlace decode(ByteReader in) {
        return new ReplicaPlace(in.u64(), in.u64(), in.u64());
    }
}
