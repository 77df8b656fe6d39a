package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.DoorState;
import java.util.List;

/** Who keeps what. */
final class PeopleSections {
    private PeopleSections() {}

    static EvidenceSection custodians(EvidenceInput input) {
        DoorState door = input.door();
        EvidenceTable.Filling table = EvidenceTable.of(
                "custodians",
                "number|编号|number",
                "name|姓名|name",
                "wrong|连续错误口令|wrong PINs in a row",
                "locked|锁定|locked");
        input.people()
                .forEach(one -> table.row(
                        Words.plain(one.number()),
                        Words.plain(one.name()),
                        Words.plain(one.wrongPins()),
                        Words.yesNo(one.locked())));
        EvidenceTable quorum = EvidenceTable.of("quorum", "needed|需要分量|shares needed", "dealt|共有分量|shares dealt")
                .row(number(door.needed()), number(door.dealt()))
                .done();
        return EvidenceSection.of(
                "custodians",
                new Words("保管人与门限", "Custodians and quorum"),
                List.of(new Words(
                        "密钥变更须两名不同保管人批准，一人即可撤回。",
                        "Two different custodians approve a change; one is enough to withdraw it.")),
                quorum,
                table.done());
    }

    private static Words number(int number) {
        return number == 0 ? new Words("未记录", "not noted") : Words.plain(number);
    }

    static EvidenceSection register(EvidenceInput input) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "register",
                "number|编号|number",
                "kind|种类|kind",
                "serial|序列号|serial",
                "holder|保管人|holder",
                "place|地点|place",
                "state|状态|state",
                "since|自|since");
        input.register()
                .forEach(item -> table.row(
                        Words.plain(item.number()),
                        new Words(
                                item.entry().kind().chinese(),
                                item.entry().kind().english()),
                        Words.plain(item.entry().serial()),
                        Words.plain(item.entry().holder()),
                        Words.plain(item.entry().place()),
                        new Words(item.state().chinese(), item.state().english()),
                        KeySections.time(item.since())));
        return EvidenceSection.of(
                "register", new Words("密钥卡与分量保管登记", "Register of key cards and shares"), List.of(), table.done());
    }
}
