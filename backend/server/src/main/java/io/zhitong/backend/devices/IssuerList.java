package io.zhitong.backend.devices;

import io.zhitong.accessmodel.IssuerPurpose;
import io.zhitong.accessmodel.IssuerRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whose card certificates a door believes (签发者名单). */
@Component
final class IssuerList implements DeviceListSource {
    private final KeyService vault;

    IssuerList(KeyService vault) {
        this.vault = vault;
    }

    @Override
    public ListKind kind() {
        return ListKind.ISSUERS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return device.kind() == DeviceKind.CONTROLLER;
    }

    @Override
    public List<IssuerRecord> records(DeviceRow device) {
        Sm2PublicKey issuer = Sm2PublicKey.decode(vault.publicKey(SigningKey.CARD_ISSUER));
        return List.of(new IssuerRecord(issuer, IssuerPurpose.CARD, Validity.ALWAYS));
    }
}
