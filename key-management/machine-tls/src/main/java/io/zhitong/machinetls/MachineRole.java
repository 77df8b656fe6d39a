package io.zhitong.machinetls;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine may be on our connections (机器角色). It stands in the certificate's subject as OU, in the lower case of
 * {@link #label()}; a peer whose role is not among those a side accepts is refused in the handshake.
 */
public enum MachineRole {
    VAULT("密钥库", "vault"),
    BACKEND("后台", "backend"),
    CONTROLLER("控制器", "controller"),
    POS("消费终端", "pos"),
    GATE("人脸终端", "gate"),
    STATION("发卡工位", "station"),
    /** The vault's command line on its own machine. */
    ADMIN("本机管理", "admin");

    private final String chinese;
    private final String label;

    MachineRole(String chinese, String label) {
        this.chinese = chinese;
        this.label = label;
    }

    /** The word in the certificate, at most 10 ASCII letters. */
    public String label() {
        return label;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return label;
    }

    /** The role of that label, in the exact spelling of {@link #label()}. */
    public static Optional<MachineRole> of(String label) {
        return Stream.of(values()).filter(role -> role.label.equals(label)).findFirst();
    }
}
