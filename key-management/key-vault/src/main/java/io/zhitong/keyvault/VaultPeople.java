package io.zhitong.keyvault;

import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyvault.ceremony.CeremonySigner;
import io.zhitong.keyvault.ceremony.VaultCeremonies;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.DualControl;
import io.zhitong.keyvault.custody.CustodyPins;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Clock;
import java.util.List;

/** What people do in a vault (人员操作): custodians with their proposals, and the ceremony. Thread-safe. */
final class VaultPeople implements AutoCloseable {
    private final DualControl custodians;
    private final VaultCeremonies ceremonies;

    VaultPeople(Vault vault, VaultFolder folder, RandomSource random, Clock clock) {
        this.custodians = new DualControl(
                section(vault, "custodians"),
                new EarnestOrders(vault, new MasterOrders(vault.masters(), random, clock)),
                vault::audited,
                clock,
                random,
                folder.pins());
        this.ceremonies = new VaultCeremonies(new VaultCeremonies.Surroundings(
                section(vault, "ceremony"),
                new VaultMasterBirth(vault, folder, random, clock),
                signer(vault),
                vault::audited,
                custodians::install,
                clock,
                random,
                folder.pins()));
    }

    /** Nothing changes while a restored vault waits to hear how far it had come. */
    private static KeptSection section(Vault vault, String name) {
        KeptSection note = new NoteSection(vault, name);
        return new KeptSection() {
            @Override
            public byte[] load() {
                return note.load();
            }

            @Override
            public void save(byte[] encoded) {
                vault.requireKnown();
                note.save(encoded);
            }
        };
    }

    private static CeremonySigner signer(Vault vault) {
        return new CeremonySigner() {
            @Override
            public byte[] publicKey() {
                return vault.publicKey(SigningKey.AUDIT);
            }

            @Override
            public byte[] sign(byte[] message) {
                return vault.sign(SigningKey.AUDIT, message);
            }
        };
    }

    DualControl custodians() {
        return custodians;
    }

    /** The custodians as who hands key cards over and takes stock. */
    CustodyPins pins() {
        return new CustodyPins() {
            @Override
            public List<String> names() {
                return custodians.list().stream().map(Custodian::name).toList();
            }

            @Override
            public String authenticate(int custodian, SecretBytes pin) {
                return custodians.authenticate(custodian, pin).name();
            }
        };
    }

    Ceremonies ceremonies() {
        return ceremonies;
    }

    /** Puts in custodians that were made without a ceremony: a demo's. */
    void install(List<CustodianEntry> entries) {
        custodians.install(entries);
    }

    /** Does what was approved before the masters were closed. */
    void resume() {
        custodians.resume();
    }

    @Override
    public void close() {
        ceremonies.close();
    }
}
