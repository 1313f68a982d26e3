//! What the person set, by name, as JSON.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::sql::{self, Millis};
use crate::model::AppSetting;

pub(super) fn get(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, StoreError> {
    tx.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| {
        row.get(0)
    })
    .optional()
    .doing("reading a setting")
}

pub(super) fn set(
    tx: &Transaction<'_>,
    name: &str,
    value: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR REPLACE INTO setting (name, value, changed_at) VALUES (?1, ?2, ?3)",
        params![name, value, Millis::from(now)],
    )
    .map(drop)
    .doing("keeping a setting")
}

/// Before the names of what apps keep.
const OF_APPS: &str = "app.";

/// A setting of an app as it is kept: every setting is an object.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    value: String,
}

/// The setting of an app that a row is; `None` when it is none, or none that one could set.
pub(super) fn of_app(name: &str, value: &serde_json::Value) -> Option<AppSetting> {
    let Kept { value } = Kept::deserialize(value).ok()?;
    let setting = AppSetting {
        name: name.strip_prefix(OF_APPS)?.to_owned(),
        value,
    };
    setting.problem().is_none().then_some(setting)
}

pub(super) fn of_apps(tx: &Transaction<'_>) -> Result<BTreeMap<String, String>, StoreError> {
    tx.prepare_cached("SELECT name, value FROM setting WHERE name GLOB 'app.*'")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| {
                    let name: String = row.get(0)?;
                    Ok(of_app(&name, &sql::from_json(row, 1)?))
                })?
                .collect::<Result<Vec<_>, _>>()
        })
        .map(|all| {
            let all = all.into_iter().flatten();
            all.map(|setting| (setting.name, setting.value)).collect()
        })
        .doing("reading the settings of apps")
}

pub(super) fn set_of_apps(
    tx: &Transaction<'_>,
    settings: &[AppSetting],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let before = of_apps(tx)?;
    for AppSetting { name, value } in settings {
        if before.get(name) != Some(value) {
            let kept = Kept {
                value: value.clone(),
            };
            let text = sql::json(&kept).doing("keeping a setting")?;
            set(tx, &format!("{OF_APPS}{name}"), &text, now)?;
        }
    }
    Ok(())
}
