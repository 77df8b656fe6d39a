package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** One thing that would have to be different for a denied request to be granted (放行所需的最小改变). */
public sealed interface Change
        permits OnSite,
                Change.PresentGenuine,
                Change.BackToNormal,
                Change.SendLists,
                Change.AddCredential,
                Change.RegisterCarrier,
                Change.Reactivate,
                Change.Extend,
                Change.ComeAt,
                Change.UseNewestCard,
                Change.AllowMethod,
                Change.UseSaferCarrier,
                Change.AllowUses,
                Change.AddRight,
                Change.SetClock {

    String chinese();

    String english();

    /** Present a carrier that proves itself. */
    record PresentGenuine() implements Change {
        @Override
        public String chinese() {
            return "出示能通过验证的真卡";
        }

        @Override
        public String english() {
            return "present a credential that proves itself";
        }
    }

    /** The point goes back to its normal mode. */
    record BackToNormal(PointId point) implements Change {
        @Override
        public String chinese() {
            return "解除门点 " + point.value() + " 的封锁";
        }

        @Override
        public String english() {
            return "end the lock-down of point " + point.value();
        }
    }

    /** The device gets lists in force that hold this point. */
    record SendLists(PointId point) implements Change {
        @Override
        public String chinese() {
            return "向设备下发有效的名单和门点 " + point.value() + " 的配置";
        }

        @Override
        public String english() {
            return "send the device lists in force and the configuration of point " + point.value();
        }
    }

    /** The credential is put on the list, with a right here. */
    record AddCredential(CredentialNumber credential, PointId point) implements Change {
        @Override
        public String chinese() {
            return "登记凭证 " + credential + " 并授予门点 " + point.value() + " 的权限";
        }

        @Override
        public String english() {
            return "register credential " + credential + " with a right at point " + point.value();
        }
    }

    /** What was presented is registered for somebody, with a right here. */
    record RegisterCarrier(PointId point) implements Change {
        @Override
        public String chinese() {
            return "登记所出示的车牌或载体并授予门点 " + point.value() + " 的权限";
        }

        @Override
        public String english() {
            return "register the plate or carrier presented, with a right at point " + point.value();
        }
    }

    /** The credential becomes active again. */
    record Reactivate(CredentialNumber credential, CredentialStatus from) implements Change {
        @Override
        public String chinese() {
            return "将凭证 " + credential + " 由“" + from.chinese() + "”恢复为“" + CredentialStatus.ACTIVE.chinese() + "”";
        }

        @Override
        public String english() {
            return "make credential " + credential + " active again, it is " + from.english();
        }
    }

    /** The validity reaches beyond that instant. */
    record Extend(CredentialNumber credential, Instant beyond) implements Change {
        @Override
        public String chinese() {
            return "延长凭证 " + credential + " 的有效期";
        }

        @Override
        public String english() {
            return "extend the validity of credential " + credential;
        }
    }

    /** Come again then; nothing needs to be configured. */
    record ComeAt(Instant at, ZoneId zone) implements Change {
        private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

        @Override
        public String chinese() {
            return "在 " + local() + " 以后再来";
        }

        @Override
        public String english() {
            return "come at " + local() + " or later";
        }

        private String local() {
            return LOCAL.format(at.atZone(zone));
        }
    }

    /** Present the card with the newest certificate. */
    record UseNewestCard(int certificate) implements Change {
        @Override
        public String chinese() {
            return "使用换发后的新卡";
        }

        @Override
        public String english() {
            return "use the card that was issued last";
        }
    }

    /** The point accepts this way of identifying. */
    record AllowMethod(PointId point, AccessMethod method) implements Change {
        @Override
        public String chinese() {
            return "允许门点 " + point.value() + " 使用“" + method.chinese() + "”";
        }

        @Override
        public String english() {
            return "let point " + point.value() + " accept " + method.english();
        }
    }

    /** Present a carrier of at least this level. */
    record UseSaferCarrier(CarrierLevel least) implements Change {
        @Override
        public String chinese() {
            return "使用“" + least.chinese() + "”或更安全的凭证";
        }

        @Override
        public String english() {
            return "use a credential at least as safe as " + least.english();
        }
    }

    /** So many passes are permitted in all. */
    record AllowUses(CredentialNumber credential, int uses) implements Change {
        @Override
        public String chinese() {
            return "将凭证 " + credential + " 的次数提高到 " + uses;
        }

        @Override
        public String english() {
            return "raise the number of passes of credential " + credential + " to " + uses;
        }
    }

    /** The credential gets a right at this point that holds always. */
    record AddRight(CredentialNumber credential, PointId point) implements Change {
        @Override
        public String chinese() {
            return "授予凭证 " + credential + " 门点 " + point.value() + " 的权限";
        }

        @Override
        public String english() {
            return "give credential " + credential + " a right at point " + point.value();
        }
    }

    /** The device learns the time. */
    record SetClock() implements Change {
        @Override
        public String chinese() {
            return "校准设备时钟";
        }

        @Override
        public String english() {
            return "set the device's clock";
        }
    }
}
