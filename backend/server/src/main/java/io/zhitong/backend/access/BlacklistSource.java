package io.zhitong.backend.access;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What payment terminals refuse (黑名单): every credential of the community that is not active; its number is the purse's serial
 * as well. Controllers read the status in their access list and get no blacklist.
 */
@Component
class BlacklistSource implements DeviceListSource {
    private final ObjectProvider<CredentialBook> books;

    BlacklistSource(ObjectProvider<CredentialBook> books) {
        this.books = books;
    }

    @Override
    public ListKind kind() {
        return ListKind.BLACKLIST;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return device.kind() == DeviceKind.POS;
    }

    @Override
    public List<BlacklistRecord> records(DeviceRow device) {
        return books.stream()
                .flatMap(book -> book.credentials(device.community()).stream())
                .filter(credential -> credential.status() != CredentialStatus.ACTIVE)
                .map(credential -> new BlacklistRecord(credential.number(), credential.status()))
                .toList();
    }

    @Override
    public Object sameFor(DeviceRow device) {
        return kind();
    }

    @Override
    public boolean byCredential() {
        return true;
    }

    @Override
    public List<BlacklistRecord> records(DeviceRow device, Set<CredentialNumber> credentials) {
        return credentials.stream()
                .flatMap(number -> books.stream().flatMap(book -> book.credential(device.community(), number).stream()))
                .filter(credential -> credential.status() != CredentialStatus.ACTIVE)
                .map(credential -> new BlacklistRecord(credential.number(), credential.status()))
                .toList();
    }
}
