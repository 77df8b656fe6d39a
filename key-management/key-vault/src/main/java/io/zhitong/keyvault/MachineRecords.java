package io.zhitong.keyvault;

import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the machine authorities remember (机器证书记录): note {@code machines} of the operational compartment. Layout: number of
 * the newest revocation lists 8 ‖ count 4 ‖ certificates ({@link IssuedMachine}) ‖ count 2 ‖ n × (token hash 32 ‖ key hash
 * 32), the tokens that are spent for a key.
 *
 * @param listNumber of the newest X.509 revocation lists; rises with each
 * @param issued in the order given
 * @param spent key hash by token hash, both in hex
 */
record MachineRecords(long listNumber, List<IssuedMachine> issued, Map<String, String> spent) {
    private static final String NOTE = "machines";
    private static final int HASH = 32;

    /** So long after its end a certificate is remembered. */
    private static final Duration KEPT = Duration.ofDays(30);

    MachineRecords {
        issued = List.copyOf(issued);
        spent = Map.copyOf(spent);
    }

    static MachineRecords of(VaultContent content) {
        return content.note(NOTE).map(MachineRecords::decode).orElse(new MachineRecords(0, List.of(), Map.of()));
    }

    VaultContent into(VaultContent content) {
        return content.withNote(NOTE, encode());
    }

    MachineRecords withListNumber(long number) {
        return new MachineRecords(number, issued, spent);
    }

    /** With one more; those long over are forgotten. */
    MachineRecords with(IssuedMachine fresh) {
        Instant kept = fresh.from().minus(KEPT);
        List<IssuedMachine> longer = new ArrayList<>(issued);
        longer.removeIf(old -> old.to().isBefore(kept));
        longer.add(fresh);
        return new MachineRecords(listNumber, longer, spent);
    }

    MachineRecords withSpent(byte[] token, byte[] key) {
        Map<String, String> more = new TreeMap<>(spent);
        more.put(Hex.of(token), Hex.of(key));
        return new MachineRecords(listNumber, issued, more);
    }

    MachineRecords withoutSpent(byte[] token) {
        Map<String, String> fewer = new TreeMap<>(spent);
        fewer.remove(Hex.of(token));
        return new MachineRecords(listNumber, issued, fewer);
    }

    /** The key a token was spent for. */
    Optional<String> spentFor(byte[] token) {
        return Optional.ofNullable(spent.get(Hex.of(token)));
    }

    Optional<IssuedMachine> ofSerial(BigInteger serial) {
        return issued.stream()
                .filter(machine -> machine.serial().equals(serial))
                .findFirst();
    }

    private byte[] encode() {
        ByteWriter out = new ByteWriter().u64(listNumber).u32(issued.size());
        issued.forEach(machine -> machine.encode(out));
        out.u16(spent.size());
        new TreeMap<>(spent).forEach((token, key) -> out.bytes(Hex.parse(token)).bytes(Hex.parse(key)));
        return out.toByteArray();
    }

    private static MachineRecords decode(byte[] note) {
        ByteReader in = new ByteReader(note);
        long number = in.u64();
        List<IssuedMachine> issued = new ArrayList<>();
        for (long count = in.u32(); count > 0; count--) {
            issued.add(IssuedMachine.decode(in));
        }
        Map<String, String> spent = new TreeMap<>();
        for (int count = in.u16(); count > 0; count--) {
            spent.put(Hex.of(in.bytes(HASH)), Hex.of(in.bytes(HASH)));
        }
        in.end();
        return new MachineRecords(number, issued, spent);
    }
}
