package io.zhitong.keyvault.store;

import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A master key at rest (主密钥). Layout: usage 1 ‖ version 1 ‖ state 1 ‖ made 8 ‖ number of factors 1 ‖ factors 8 each ‖ key 16.
 *
 * @param usage what keys derived from it are for
 * @param version 1–255
 * @param state where it stands in its life
 * @param made when, to the second
 * @param path factors already applied, from the root; empty for the root itself
 * @param key 16 bytes
 */
public record StoredMaster(
        KeyUsage usage, int version, KeyState state, Instant made, List<byte[]> path, SecretBytes key) {
    private static final int FACTOR = 8;
    private static final int KEY = 16;

    public StoredMaster {
        path = path.stream().map(byte[]::clone).toList();
        made = Instant.ofEpochSecond(made.getEpochSecond());
        boolean fits = path.stream().allMatch(factor -> factor.length == FACTOR)
                && path.size() < usage.chain().depth()
                && key.length() == KEY
                && version >= 1
                && version <= 255;
        if (!fits) {
            throw new IllegalArgumentException("expected a 16-byte key above the card level of its chain");
        }
    }

    /** Whether the path of this master is the beginning of these factors. */
    public boolean leadsTo(List<byte[]> factors) {
        if (factors.size() < path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!Arrays.equals(path.get(i), factors.get(i))) {
                return false;
            }
        }
        return true;
    }

    void encode(ByteWriter out) {
        out.u8(usage.code()).u8(version).u8(state.code()).u64(made.getEpochSecond());
        out.u8(path.size());
        path.forEach(out::bytes);
        byte[] bytes = key.export(SecretAccess.TOKEN);
        out.bytes(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    static StoredMaster decode(ByteReader in) {
        KeyUsage usage = KeyUsage.of(in.u8());
        int version = in.u8();
        KeyState state = KeyState.of(in.u8());
        Instant made = Instant.ofEpochSecond(in.u64());
        List<byte[]> path = new ArrayList<>();
        for (int count = in.u8(); count > 0; count--) {
            path.add(in.bytes(FACTOR));
        }
        return new StoredMaster(usage, version, state, made, path, SecretBytes.takeOver(in.bytes(KEY)));
    }
}
