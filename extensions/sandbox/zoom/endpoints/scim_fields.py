# Copyright: (c) 2026, workspace_zoom.provisioning contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes of SCIM users: their schemas, fields of User, and in which answers they appear (section 4.4)."""

from __future__ import annotations

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ZOOM_EXTENSION = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User"
ZOOM_USER = "urn:us:zoom:scim:schemas:extension:1.0:ZoomUser"

BOOLEANS = frozenset(
    [
        "zoomIQ",
        "zoomRevenueAccelerator",
        "zoomCustomerManagedKey",
        "zoomWhiteboard",
        "zoomWhiteboardPlus",
        "zoomTranslatedCaptions",
        "zoomHuddles",
        "zoomWorkforceManagement",
        "zoomQualityManagement",
        "zoomScheduler",
        "zoomClipsPlus",
        "zoomMailAndCalendar",
        "visitorManagement",
        "zoomComplianceManagement",
        "zoomDocs",
        "clinicalNotes",
        "zoomClinicians",
        "zoomCustomAICompanion",
        "zoomAICompanion",
        "eduStandardStudent",
        "zoomAdvancedDataProtection",
        "deepfakeRiskDetection",
        "wvHqAgent",
    ]
)
STRINGS = frozenset(
    [
        "transferee",
        "zoomAutoDialer",
        "zoomFrontline",
        "cxInsights",
        "zoomEnhancedMedia",
        "zoomRevenueAcceleratorRole",
        "zoomContactCenterPackage",
        "zoomContactCenterAddonsPlan",
        "zoomContactCenterRole",
        "zoomContactCenterRegion",
        "zoomContactCenterUserTemplate",
        "zoomPhoneExtNumber",
        "zoomPhoneNumber",
        "zoomPhoneSite",
        "zoomPhoneCallingPlan",
    ]
)
WRITE_ONLY = ("zoomPhone", "zoomContactCenter")  # beginnings of names that no answer shows
MISSING_FROM = {
    "zoomRevenueAcceleratorRole": {"get", "patch"},
    "zoomMailAndCalendar": {"put"},
    "visitorManagement": {"put"},
    "zoomAICompanion": {"put"},
}
# attribute of the enterprise extension -> (field of User, operations whose answers hold it)
ENTERPRISE_FIELDS = {
    "department": ("department", {"get", "post", "put", "patch", "list"}),
    "organization": ("organization", {"get", "post", "put", "patch"}),
    "costCenter": ("cost_center", {"get", "post"}),
    "employeeNumber": ("employee_number", {"get", "post"}),
    "manager": ("manager", {"get", "post"}),
}
TEXT_FIELDS = {"displayName": "display_name", "title": "job_title", "locale": "location"}
NAME_FIELDS = {"givenName": "first_name", "familyName": "last_name"}
EXTENSION_FIELDS = {"pronouns": "pronouns", "personalLinkName": "vanity_name"}
PHONE_TYPES = ("mobile", "office", "home", "fax", "work")
MOST_CUSTOM = 5
