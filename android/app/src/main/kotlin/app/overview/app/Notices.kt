package app.overview.app

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.net.Uri
import app.overview.R
import app.overview.kit.Links
import app.overview.kit.Notice

/** Shows what the kit has to say outside of the app; silently, as nothing of it is urgent. */
internal object Notices {
    private const val CHANNEL = "packs"
    private const val ID = 1

    fun show(context: Context, notice: Notice) {
        val manager = context.getSystemService(NotificationManager::class.java) ?: return
        manager.createNotificationChannel(NotificationChannel(CHANNEL, notice.channel, NotificationManager.IMPORTANCE_LOW))
        val open = Intent(Intent.ACTION_VIEW, Uri.parse(Links.OFFLINE), context, MainActivity::class.java)
        manager.notify(
            ID,
            Notification.Builder(context, CHANNEL)
                .setSmallIcon(R.drawable.icon_notice)
                .setContentTitle(notice.title)
                .setContentText(notice.text)
                .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
                .setAutoCancel(true)
                .build(),
        )
    }
}
