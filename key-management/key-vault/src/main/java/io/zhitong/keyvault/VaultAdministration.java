package io.zhitong.keyvault;

import io.zhitong.keyapi.AuthenticationCards;
import io.zhitong.keyapi.Ceremonies;
import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyCatalogue;
import io.zhitong.keyapi.KeyLineage;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.MachineRegister;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.keyapi.VaultEvidence;
import io.zhitong.keyvault.custody.CardGuard;
import io.zhitong.machinetls.MachineName;
import java.util.List;

/** {@link KeyAdministration} inside the vault, for one caller, whose name the audit shows. */
final class VaultAdministration implements KeyAdministration {
    private final Vault vault;
    private final MachineName caller;

    VaultAdministration(Vault vault, MachineName caller) {
        this.vault = vault;
        this.caller = caller;
    }

    @Override
    public VaultDoor door() {
        return new DoorKeeper(vault, caller);
    }

    @Override
    public KeyCatalogue catalogue() {
        return new KeyCatalogue() {
            @Override
            public List<KeyListing> masters() {
                return vault.masters().use(open -> open.masters().list());
            }

            @Override
            public KeyLineage lineage(KeyRef key) {
                return vault.masters().use(open -> open.masters().lineage(key));
            }
        };
    }

    @Override
    public Custodians custodians() {
        return new CardGuard(vault.people().custodians(), vault.authenticationCards());
    }

    @Override
    public Ceremonies ceremonies() {
        return vault.people().ceremonies();
    }

    @Override
    public CustodyRegister register() {
        return vault.registerFor(caller);
    }

    @Override
    public MachineRegister machines() {
        return new Registrar(vault, caller);
    }

    @Override
    public VaultEvidence evidence() {
        return new OwnEvidence(vault.evidence(), this);
    }

    @Override
    public AuthenticationCards authenticationCards() {
        return vault.authenticationCards();
    }

    @Override
    public void close() {
        vault.unsealing().forgetOld();
    }
}
