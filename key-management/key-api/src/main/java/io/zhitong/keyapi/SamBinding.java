package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What the vault knows of a SAM whose lease it renews (SAM 绑定). On the wire: city 8 ‖ community 8 ‖ chip 8 ‖ terminal 6 ‖
 * key version 1.
 *
 * @param city factor
 * @param community factor
 * @param chip the module's identifier, the last factor of its keys
 * @param terminal number of the terminal it was issued for
 * @param keyVersion version of SAM_LEASE in it
 */
public record SamBinding(byte[] city, byte[] community, byte[] chip, byte[] terminal, int keyVersion) {
    public SamBinding {
        city = Checks.length("city", city, 8);
        community = Checks.length("community", community, 8);
        chip = Checks.length("chip", chip, 8);
        terminal = Checks.length("terminal", terminal, 6);
        Checks.range("key version", keyVersion, 1, 255);
    }

    /** The module's own lease key. */
    public KeyRef leaseKey() {
        return KeyRef.of(KeyUsage.SAM_LEASE, keyVersion, city, community, chip);
    }

    @Override
    public byte[] terminal() {
        return terminal.clone();
    }

    public void encode(ByteWriter out) {
        out.bytes(city).bytes(community).bytes(chip).bytes(terminal).u8(keyVersion);
    }

    public static SamBinding decode(ByteReader in) {
        return new SamBinding(in.bytes(8), in.bytes(8), in.bytes(8), in.bytes(6), in.u8());
    }
}
