# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of every module that talks to Google."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  auth_kind:
    description:
      - How to get a token. If it is not given, the other options decide.
      - V(serviceaccount) uses a key, V(application) Application Default Credentials, V(accesstoken) a token of your own.
      - If you set any Google credential, Google's environment variables are ignored. If you set none, all are taken from the environment,
        this one from E(GCP_AUTH_KIND).
    type: str
    choices: [serviceaccount, application, accesstoken]
  service_account_file:
    description: Path of the service account's JSON key. Environment variable E(GCP_SERVICE_ACCOUNT_FILE).
    type: path
  service_account_contents:
    description:
      - The JSON key itself, as text or dictionary. Environment variable E(GCP_SERVICE_ACCOUNT_CONTENTS).
      - It is in no result. Of its parts, only the private key is masked.
    type: raw
  service_account_email:
    description:
      - The service account to impersonate with Application Default Credentials.
      - Environment variable E(GCP_SERVICE_ACCOUNT_EMAIL).
    type: str
  access_token:
    description: A Google access token. Environment variable E(GCP_ACCESS_TOKEN).
    type: str
  subject:
    description:
      - The administrator to act for, with domain-wide delegation.
      - Leave it out if the service account itself has an administrator role. Then give O(customer).
      - Environment variable E(GOOGLE_WORKSPACE_SUBJECT).
    type: str
  customer:
    description:
      - The Google customer id, such as V(C03az79cb). Without it, the customer of O(subject) is used.
      - Environment variable E(GOOGLE_WORKSPACE_CUSTOMER).
    type: str
  credentials_from_environment:
    description:
      - Whether Google's credentials may come from the environment if none is given.
      - The roles and playbooks set V(false) if the inventory has other hosts, because the environment's credentials may belong to any of
        them. Then a host without credentials of its own is refused, and so is O(auth_kind=application).
    type: bool
    default: true
  api_url:
    description: URL of the Directory API. Environment variable E(GOOGLE_DIRECTORY_URL), default V(https://admin.googleapis.com).
    type: str
  groups_settings_url:
    description: URL of the Groups Settings API. Environment variable E(GOOGLE_GROUPS_SETTINGS_URL), default V(https://www.googleapis.com).
    type: str
attributes:
  action_group:
    description: Use C(group/workspace_zoom.provisioning.google) in C(module_defaults) to set the same options for all Google modules.
    support: full
    membership:
      - workspace_zoom.provisioning.google
requirements:
  - google-auth
  - requests
"""
