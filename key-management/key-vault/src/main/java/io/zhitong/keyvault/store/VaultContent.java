package io.zhitong.keyvault.store;

import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * All a vault keeps (密钥库内容); immutable, so that a change is a new content and a new generation. Layout: masters ‖ signing
 * keys (code 1 ‖ scalar 32) ‖ authorities ‖ tokens ‖ revocations ‖ notes (name text ‖ length 4 ‖ bytes), each list as count 2 ‖ items; then
 * audit number 8 ‖ audit hash 32.
 *
 * @param masters in the order they were made
 * @param signers one SM2 scalar for each signing key
 * @param authorities one for each profile
 * @param tokens unspent ones
 * @param revocations of machine certificates
 * @param notes what other parts of the vault keep here, by name, in layouts of their own; never changed in place
 * @param auditNumber newest audit record when this was written
 * @param auditHash the audit chain's hash there
 */
public record VaultContent(
        List<StoredMaster> masters,
        Map<SigningKey, SecretBytes> signers,
        List<StoredAuthority> authorities,
        List<StoredToken> tokens,
        List<Revocation> revocations,
        Map<String, byte[]> notes,
        long auditNumber,
        byte[] auditHash) {
    private static final int SCALAR = 32;
    private static final int HASH = 32;

    public VaultContent {
        masters = List.copyOf(masters);
        signers = Map.copyOf(signers);
        authorities = List.copyOf(authorities);
        tokens = List.copyOf(tokens);
        revocations = List.copyOf(revocations);
        notes = Map.copyOf(notes);
        auditHash = auditHash.clone();
    }

    public VaultContent withTokens(List<StoredToken> newTokens) {
        return new VaultContent(masters, signers, authorities, newTokens, revocations, notes, auditNumber, auditHash);
    }

    public VaultContent withRevocations(List<Revocation> newRevocations) {
        return new VaultContent(masters, signers, authorities, tokens, newRevocations, notes, auditNumber, auditHash);
    }

    public VaultContent withAudit(long number, byte[] hash) {
        return new VaultContent(masters, signers, authorities, tokens, revocations, notes, number, hash);
    }

    public VaultContent withSigners(Map<SigningKey, SecretBytes> newSigners) {
        return new VaultContent(masters, newSigners, authorities, tokens, revocations, notes, auditNumber, auditHash);
    }

    public VaultContent withMasters(List<StoredMaster> newMasters) {
        return new VaultContent(newMasters, signers, authorities, tokens, revocations, notes, auditNumber, auditHash);
    }

    /** The bytes another part of the vault keeps under a name. */
    public Optional<byte[]> note(String name) {
        return Optional.ofNullable(notes.get(name)).map(byte[]::clone);
    }

    /** This content with a note added, replaced or, with no bytes, taken away. */
    public VaultContent withNote(String name, byte[] bytes) {
        Map<String, byte[]> changed = new TreeMap<>(notes);
        if (bytes.length == 0) {
            changed.remove(name);
        } else {
            changed.put(name, bytes.clone());
        }
        return new VaultContent(masters, signers, authorities, tokens, revocations, changed, auditNumber, auditHash);
    }

    /** Wipes every secret of this content, whatever else still holds one of them. */
    public void close() {
        masters.forEach(master -> master.key().close());
        signers.values().forEach(SecretBytes::close);
        authorities.forEach(authority -> authority.key().close());
        notes.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }

    /** The clear layout; the caller wipes it. */
    byte[] encode() {
        ByteWriter out = new ByteWriter();
        list(out, masters, StoredMaster::encode);
        list(out, List.copyOf(new TreeMap<>(signers).entrySet()), VaultContent::encodeSigner);
        list(out, authorities, StoredAuthority::encode);
        list(out, tokens, StoredToken::encode);
        list(out, revocations, Revocation::encode);
        list(out, List.copyOf(new TreeMap<>(notes).entrySet()), VaultContent::encodeNote);
        return out.u64(auditNumber).bytes(auditHash).toByteArray();
    }

    static VaultContent decode(byte[] clear) {
        ByteReader in = new ByteReader(clear);
        List<StoredMaster> masters = list(in, StoredMaster::decode);
        Map<SigningKey, SecretBytes> signers = new EnumMap<>(SigningKey.class);
        list(in, from -> signers.put(SigningKey.of(from.u8()), SecretBytes.takeOver(from.bytes(SCALAR))) == null);
        List<StoredAuthority> authorities = list(in, StoredAuthority::decode);
        List<StoredToken> tokens = list(in, StoredToken::decode);
        List<Revocation> revocations = list(in, Revocation::decode);
        Map<String, byte[]> notes = new TreeMap<>();
        list(in, from -> notes.put(from.text(), from.bytes(Math.toIntExact(from.u32()))) == null);
        VaultContent content =
                new VaultContent(masters, signers, authorities, tokens, revocations, notes, in.u64(), in.bytes(HASH));
        in.end();
        return content;
    }

    private static void encodeSigner(Map.Entry<SigningKey, SecretBytes> signer, ByteWriter out) {
        byte[] scalar = signer.getValue().export(SecretAccess.TOKEN);
        out.u8(signer.getKey().code()).bytes(scalar);
        Arrays.fill(scalar, (byte) 0);
    }

    private static void encodeNote(Map.Entry<String, byte[]> note, ByteWriter out) {
        out.text(note.getKey()).u32(note.getValue().length).bytes(note.getValue());
    }

    private static <T> void list(ByteWriter out, List<T> items, BiConsumer<T, ByteWriter> encode) {
        out.u16(items.size());
        items.forEach(item -> encode.accept(item, out));
    }

    private static <T> List<T> list(ByteReader in, Function<ByteReader, T> decode) {
        List<T> items = new ArrayList<>();
        for (int count = in.u16(); count > 0; count--) {
            items.add(decode.apply(in));
        }
        return items;
    }
}
