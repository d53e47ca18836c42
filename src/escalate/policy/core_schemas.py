"""What pydantic makes of the models. Written by `make schema`; do not edit."""

# ruff: noqa
# fmt: off
# mypy: ignore-errors

import escalate.policy.base as policy_base
import escalate.policy.cases as policy_cases
import escalate.policy.choice as policy_choice
import escalate.policy.clock as policy_clock
import escalate.policy.condition as policy_condition
import escalate.policy.effects as policy_effects
import escalate.policy.field as policy_field
import escalate.policy.level as policy_level
import escalate.policy.owner as policy_owner
import escalate.policy.policy as policy_policy
import escalate.policy.rotation as policy_rotation
import escalate.policy.target as policy_target
import escalate.policy.trigger as policy_trigger
import escalate.worktime.calendar as worktime_calendar
import escalate.worktime.duration as worktime_duration
import escalate.worktime.holiday as worktime_holiday
import escalate.worktime.hours as worktime_hours
import escalate.worktime.zone as worktime_zone

s0 = {'type': 'no-info', 'function': policy_policy._version}
s1 = {'type': 'function-before', 'function': s0, 'schema': {'type': 'literal', 'expected': [1]}}
s2 = {'type': 'default', 'schema': {'type': 'str'}, 'default': None}
s3 = {'type': 'model-field', 'schema': s2}
s4 = {'type': 'tuple', 'items_schema': [{'type': 'str'}], 'variadic_item_index': 0}
s5 = {'type': 'default', 'schema': s4, 'default': ()}
s6 = {'type': 'model-field', 'schema': s5}
s7 = {'type': 'str', 'min_length': 1, 'max_length': 200}
s8 = [s7]
s9 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0}
s10 = {'type': 'default', 'schema': s9, 'default': ()}
s11 = {'type': 'model-field', 'schema': s10}
s12 = {'open': s11, 'waiting': s11, 'resolved': s11, 'closed': s11}
s13 = {'type': 'model-fields', 'fields': s12, 'model_name': 'Statuses'}
s14 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Statuses'}
s15 = {'type': 'model', 'cls': policy_policy.Statuses, 'schema': s13, 'custom_init': False, 'root_model': False, 'config': s14}
s16 = {'type': 'default', 'schema': s15, 'default': None}
s17 = {'type': 'model-field', 'schema': s16}
s18 = {'type': 'definition-ref', 'schema_ref': 'escalate.FieldName'}
s19 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.field.FieldSpec'}
s20 = {'type': 'dict', 'keys_schema': s18, 'values_schema': s19}
s21 = {'type': 'default', 'schema': s20, 'default': {}}
s22 = {'type': 'model-field', 'schema': s21}
s23 = {'type': 'definition-ref', 'schema_ref': 'escalate.Name'}
s24 = {'type': 'no-info', 'function': worktime_calendar.Calendar._opens}
s25 = {'type': 'no-info', 'function': worktime_zone._known}
s26 = {'type': 'no-info', 'function': worktime_zone._read}
s27 = {'type': 'function-before', 'function': s26, 'schema': {'type': 'str'}}
s28 = {'type': 'function-after', 'function': s25, 'schema': s27}
s29 = {'type': 'nullable', 'schema': s28}
s30 = {'type': 'default', 'schema': s29, 'default': None}
s31 = {'type': 'model-field', 'schema': s30}
s32 = {'type': 'no-info', 'function': worktime_hours.Hours.read}
s33 = {'type': 'function-plain', 'function': s32}
s34 = {'type': 'model-field', 'schema': s33}
s35 = {'type': 'no-info', 'function': worktime_calendar.Calendar._is_list}
s36 = {'type': 'with-info', 'function': worktime_holiday._pick}
s37 = {'type': 'no-info', 'function': worktime_holiday._Entry._has_hours}
s38 = {'type': 'no-info', 'function': worktime_hours._read_special}
s39 = {'type': 'function-plain', 'function': s38}
s40 = {'type': 'nullable', 'schema': s39}
s41 = {'type': 'default', 'schema': s40, 'default': None}
s42 = {'type': 'model-field', 'schema': s41}
s43 = {'type': 'nullable', 'schema': {'type': 'bool', 'strict': True}}
s44 = {'type': 'default', 'schema': s43, 'default': None}
s45 = {'type': 'model-field', 'schema': s44}
s46 = {'type': 'no-info', 'function': worktime_holiday._read_yearly}
s47 = {'type': 'function-plain', 'function': s46}
s48 = {'type': 'model-field', 'schema': s47}
s49 = {'type': 'nullable', 'schema': {'type': 'str'}}
s50 = {'type': 'default', 'schema': s49, 'default': None}
s51 = {'type': 'model-field', 'schema': s50}
s52 = {'hours': s42, 'beats_holidays': s45, 'date': s48, 'name': s51}
s53 = {'type': 'model-fields', 'fields': s52, 'model_name': 'DateHoliday'}
s54 = {'extra_fields_behavior': 'forbid', 'title': 'DateHoliday'}
s55 = {'type': 'model', 'cls': worktime_holiday.DateHoliday, 'schema': s53, 'custom_init': False, 'root_model': False, 'config': s54}
s56 = {'type': 'function-after', 'function': s37, 'schema': s55}
s57 = {'type': 'no-info', 'function': worktime_holiday.RangeHoliday._in_order}
s58 = {'type': 'no-info', 'function': worktime_holiday._read_date}
s59 = {'type': 'function-plain', 'function': s58}
s60 = {'type': 'model-field', 'schema': s59, 'validation_alias': 'from', 'serialization_alias': 'from'}
s61 = {'type': 'model-field', 'schema': s59, 'validation_alias': 'to', 'serialization_alias': 'to'}
s62 = {'hours': s42, 'beats_holidays': s45, 'first': s60, 'last': s61, 'name': s51}
s63 = {'type': 'model-fields', 'fields': s62, 'model_name': 'RangeHoliday'}
s64 = {'extra_fields_behavior': 'forbid', 'title': 'RangeHoliday'}
s65 = {'type': 'model', 'cls': worktime_holiday.RangeHoliday, 'schema': s63, 'custom_init': False, 'root_model': False, 'config': s64}
s66 = {'type': 'function-after', 'function': s37, 'schema': s65}
s67 = {'type': 'function-after', 'function': s57, 'schema': s66}
s68 = {'type': 'no-info', 'function': worktime_holiday.RuleHoliday._holds}
s69 = {'type': 'model-field', 'schema': {'type': 'str'}}
s70 = {'type': 'nullable', 'schema': s59}
s71 = {'type': 'default', 'schema': s70, 'default': None}
s72 = {'type': 'model-field', 'schema': s71}
s73 = {'hours': s42, 'beats_holidays': s45, 'rrule': s69, 'starts': s72, 'name': s51}
s74 = {'type': 'model-fields', 'fields': s73, 'model_name': 'RuleHoliday'}
s75 = {'extra_fields_behavior': 'forbid', 'title': 'RuleHoliday'}
s76 = {'type': 'model', 'cls': worktime_holiday.RuleHoliday, 'schema': s74, 'custom_init': False, 'root_model': False, 'config': s75}
s77 = {'type': 'function-after', 'function': s37, 'schema': s76}
s78 = {'type': 'function-after', 'function': s68, 'schema': s77}
s79 = {'type': 'no-info', 'function': worktime_holiday.EasterHoliday._known}
s80 = {'type': 'function-after', 'function': s79, 'schema': {'type': 'str'}}
s81 = {'type': 'model-field', 'schema': s80}
s82 = {'type': 'int', 'ge': -60, 'le': 200, 'strict': True}
s83 = {'type': 'default', 'schema': s82, 'default': 0}
s84 = {'type': 'model-field', 'schema': s83}
s85 = {'hours': s42, 'beats_holidays': s45, 'easter': s81, 'offset': s84, 'name': s51}
s86 = {'type': 'model-fields', 'fields': s85, 'model_name': 'EasterHoliday'}
s87 = {'extra_fields_behavior': 'forbid', 'title': 'EasterHoliday'}
s88 = {'type': 'model', 'cls': worktime_holiday.EasterHoliday, 'schema': s86, 'custom_init': False, 'root_model': False, 'config': s87}
s89 = {'type': 'function-after', 'function': s37, 'schema': s88}
s90 = {'type': 'no-info', 'function': worktime_holiday.CountryHolidays._known}
s91 = {'hours': s42, 'beats_holidays': s45, 'country': s69, 'subdivision': s51}
s92 = {'type': 'model-fields', 'fields': s91, 'model_name': 'CountryHolidays'}
s93 = {'extra_fields_behavior': 'forbid', 'title': 'CountryHolidays'}
s94 = {'type': 'model', 'cls': worktime_holiday.CountryHolidays, 'schema': s92, 'custom_init': False, 'root_model': False, 'config': s93}
s95 = {'type': 'function-after', 'function': s37, 'schema': s94}
s96 = {'type': 'function-after', 'function': s90, 'schema': s95}
s97 = {'type': 'with-info', 'function': worktime_holiday.IcalHolidays._read}
s98 = {'hours': s42, 'beats_holidays': s45, 'ical': s69, 'name': s51}
s99 = {'type': 'model-fields', 'fields': s98, 'model_name': 'IcalHolidays'}
s100 = {'extra_fields_behavior': 'forbid', 'title': 'IcalHolidays'}
s101 = {'type': 'model', 'cls': worktime_holiday.IcalHolidays, 'schema': s99, 'custom_init': False, 'root_model': False, 'config': s100}
s102 = {'type': 'function-after', 'function': s37, 'schema': s101}
s103 = {'type': 'function-after', 'function': s97, 'schema': s102}
s104 = [s56, s67, s78, s89, s96, s103]
s105 = {'type': 'union', 'choices': s104}
s106 = {'type': 'function-wrap', 'function': s36, 'schema': s105}
s107 = [s106]
s108 = {'type': 'tuple', 'items_schema': s107, 'variadic_item_index': 0}
s109 = {'type': 'function-before', 'function': s35, 'schema': s108}
s110 = {'type': 'default', 'schema': s109, 'default': ()}
s111 = {'type': 'model-field', 'schema': s110}
s112 = {'timezone': s31, 'hours': s34, 'holidays': s111}
s113 = {'type': 'model-fields', 'fields': s112, 'model_name': 'Calendar'}
s114 = {'extra_fields_behavior': 'forbid', 'title': 'Calendar'}
s115 = {'type': 'model', 'cls': worktime_calendar.Calendar, 'schema': s113, 'custom_init': False, 'root_model': False, 'config': s114}
s116 = {'type': 'function-after', 'function': s24, 'schema': s115}
s117 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s116}
s118 = {'type': 'default', 'schema': s117, 'default': {}}
s119 = {'type': 'model-field', 'schema': s118}
s120 = {'type': 'no-info', 'function': policy_condition._read}
s121 = {'type': 'function-plain', 'function': s120}
s122 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s121}
s123 = {'type': 'default', 'schema': s122, 'default': {}}
s124 = {'type': 'model-field', 'schema': s123}
s125 = {'type': 'no-info', 'function': policy_owner._kind_alone}
s126 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Person'}
s127 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Team'}
s128 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.RotationOwner'}
s129 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.LayeredRotation'}
s130 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.RotationOf'}
s131 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Vendor'}
s132 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Bot'}
s133 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Group'}
s134 = {'<person>': s126, '<team>': s127, '<rotation>': s128, '<rotation-layers>': s129, '<rotation-of>': s130, '<vendor>': s131, '<bot>': s132, '<group>': s133}
s135 = {'type': 'tagged-union', 'choices': s134, 'discriminator': policy_owner._kind}
s136 = {'type': 'function-before', 'function': s125, 'schema': s135}
s137 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s136}
s138 = {'type': 'default', 'schema': s137, 'default': {}}
s139 = {'type': 'model-field', 'schema': s138}
s140 = {'type': 'no-info', 'function': policy_clock._as_list}
s141 = ['created', 'entered', 'agent-reply', 'customer-reply', 'bot-reply', 'internal-note', 'assigned', 'acknowledged', 'escalated', 'transferred', 'returned', 'requested', 'documented', 'promised', 'status', 'resolved', 'closed', 'reopened']
s142 = {'type': 'literal', 'expected': s141}
s143 = [s142]
s144 = {'type': 'tuple', 'items_schema': s143, 'variadic_item_index': 0, 'min_length': 1}
s145 = {'type': 'function-before', 'function': s140, 'schema': s144}
s146 = {'type': 'model-field', 'schema': s145, 'validation_alias': 'from', 'serialization_alias': 'from'}
s147 = {'type': 'model-field', 'schema': s145}
s148 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0, 'min_length': 1}
s149 = {'type': 'function-before', 'function': s140, 'schema': s148}
s150 = {'type': 'default', 'schema': s149, 'default': None}
s151 = {'type': 'model-field', 'schema': s150}
s152 = {'type': 'definition-ref', 'schema_ref': 'escalate.TargetCases'}
s153 = {'type': 'definition-ref', 'schema_ref': 'escalate.NameCases'}
s154 = {'type': 'default', 'schema': s153, 'default': None}
s155 = {'type': 'model-field', 'schema': s154}
s156 = {'type': 'literal', 'expected': ['resume', 'restart', 'ignore']}
s157 = {'type': 'default', 'schema': s156, 'default': 'resume'}
s158 = {'type': 'model-field', 'schema': s157}
s159 = {'type': 'default', 'schema': {'type': 'bool', 'strict': True}, 'default': True}
s160 = {'type': 'model-field', 'schema': s159}
s161 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Clock'}
s162 = {'type': 'no-info', 'function': policy_policy._message}
s163 = {'type': 'str', 'pattern': '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$'}
s164 = {'type': 'dict', 'keys_schema': s163, 'values_schema': {'type': 'str'}, 'min_length': 1}
s165 = {'type': 'function-before', 'function': s162, 'schema': s164}
s166 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s165}
s167 = {'type': 'default', 'schema': s166, 'default': {}}
s168 = {'type': 'model-field', 'schema': s167}
s169 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s19}
s170 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s169}
s171 = {'type': 'default', 'schema': s170, 'default': {}}
s172 = {'type': 'model-field', 'schema': s171}
s173 = {'type': 'model-field', 'schema': s7}
s174 = {'type': 'definition-ref', 'schema_ref': 'escalate.UrgencyCases'}
s175 = {'type': 'default', 'schema': s174, 'default': None}
s176 = {'type': 'model-field', 'schema': s175}
s177 = {'type': 'no-info', 'function': policy_cases._from_list}
s178 = {'type': 'typed-dict-field', 'schema': s121, 'required': True}
s179 = {'type': 'no-info', 'function': policy_cases._none_or_never}
s180 = {'type': 'no-info', 'function': worktime_duration._validate}
s181 = {'type': 'function-plain', 'function': s180}
s182 = {'type': 'function-wrap', 'function': s179, 'schema': s181}
s183 = {'type': 'typed-dict-field', 'schema': s182, 'required': True}
s184 = {'type': 'no-info', 'function': policy_cases._from_plain}
s185 = {'type': 'no-info', 'function': policy_cases._none}
s186 = {'type': 'no-info', 'function': policy_base._scalar}
s187 = {'type': 'function-plain', 'function': s186}
s188 = {'type': 'function-wrap', 'function': s185, 'schema': s187}
s189 = {'type': 'typed-dict-field', 'schema': s188, 'required': True}
s190 = {'type': 'default', 'schema': s121, 'default': None}
s191 = {'type': 'model-field', 'schema': s190}
s192 = {'type': 'model-field', 'schema': s23}
s193 = {'type': 'literal', 'expected': ['functional', 'hierarchical']}
s194 = {'type': 'default', 'schema': s193, 'default': None}
s195 = {'type': 'model-field', 'schema': s194}
s196 = {'type': 'definition-ref', 'schema_ref': 'escalate.OwnerCases'}
s197 = {'type': 'model-field', 'schema': s196}
s198 = {'type': 'literal', 'expected': ['skip', 'wait']}
s199 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Fallback'}
s200 = {'<word>': s198, '<mapping>': s199}
s201 = {'type': 'tagged-union', 'choices': s200, 'discriminator': policy_level._mapping_or_word}
s202 = {'type': 'default', 'schema': s201, 'default': 'skip'}
s203 = {'type': 'model-field', 'schema': s202}
s204 = [s23]
s205 = {'type': 'tuple', 'items_schema': s204, 'variadic_item_index': 0}
s206 = {'type': 'default', 'schema': s205, 'default': ()}
s207 = {'type': 'model-field', 'schema': s206}
s208 = {'type': 'no-info', 'function': policy_level._deadline}
s209 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Deadline'}
s210 = {'type': 'function-before', 'function': s208, 'schema': s209}
s211 = {'type': 'default', 'schema': s210, 'default': None}
s212 = {'type': 'model-field', 'schema': s211}
s213 = {'acknowledge': s212, 'respond': s212, 'resolve': s212}
s214 = {'type': 'model-fields', 'fields': s213, 'model_name': 'Deadlines'}
s215 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Deadlines'}
s216 = {'type': 'model', 'cls': policy_level.Deadlines, 'schema': s214, 'custom_init': False, 'root_model': False, 'config': s215}
s217 = {'type': 'default', 'schema': s216, 'default_factory': policy_level.Deadlines.model_construct, 'default_factory_takes_data': False}
s218 = {'type': 'model-field', 'schema': s217}
s219 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Remind'}
s220 = {'type': 'default', 'schema': s219, 'default': None}
s221 = {'type': 'model-field', 'schema': s220}
s222 = {'type': 'no-info', 'function': policy_effects._notices}
s223 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.effects.Notice'}
s224 = [s223]
s225 = {'type': 'tuple', 'items_schema': s224, 'variadic_item_index': 0}
s226 = {'type': 'function-before', 'function': s222, 'schema': s225}
s227 = {'type': 'default', 'schema': s226, 'default': ()}
s228 = {'type': 'model-field', 'schema': s227}
s229 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Level'}
s230 = {'type': 'tuple', 'items_schema': s204, 'variadic_item_index': 0, 'min_length': 1}
s231 = {'type': 'model-field', 'schema': s230}
s232 = {'id': s192, 'description': s3, 'when': s191, 'levels': s231}
s233 = {'type': 'model-fields', 'fields': s232, 'model_name': 'PathSpec'}
s234 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'PathSpec'}
s235 = {'type': 'model', 'cls': policy_level.PathSpec, 'schema': s233, 'custom_init': False, 'root_model': False, 'config': s234}
s236 = {'type': 'default', 'schema': s23, 'default': None}
s237 = {'type': 'model-field', 'schema': s236}
s238 = {'type': 'default', 'schema': s196, 'default': None}
s239 = {'type': 'model-field', 'schema': s238}
s240 = {'type': 'dict', 'keys_schema': s18, 'values_schema': s187}
s241 = {'type': 'default', 'schema': s240, 'default': {}}
s242 = {'type': 'model-field', 'schema': s241}
s243 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.effects.Do'}
s244 = [s243]
s245 = {'type': 'tuple', 'items_schema': s244, 'variadic_item_index': 0}
s246 = {'type': 'default', 'schema': s245, 'default': ()}
s247 = {'type': 'model-field', 'schema': s246}
s248 = {'type': 'literal', 'expected': ['active', 'resolved', 'closed', 'any']}
s249 = {'type': 'default', 'schema': s248, 'default': 'active'}
s250 = {'type': 'model-field', 'schema': s249, 'validation_alias': 'for', 'serialization_alias': 'for'}
s251 = {'type': 'no-info', 'function': policy_trigger._as_list}
s252 = {'type': 'function-before', 'function': s251, 'schema': s230}
s253 = {'type': 'default', 'schema': s252, 'default': None}
s254 = {'type': 'model-field', 'schema': s253}
s255 = {'type': 'model-field', 'schema': s121}
s256 = {'type': 'literal', 'expected': ['ticket', 'problem']}
s257 = {'type': 'default', 'schema': s256, 'default': None}
s258 = {'type': 'model-field', 'schema': s257}
s259 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Trigger'}
s260 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200, 'ref': 'escalate.FieldName'}
s261 = {'type': 'no-info', 'function': policy_field.FieldSpec._one_list}
s262 = ['string', 'integer', 'number', 'boolean', 'array', 'object']
s263 = {'type': 'literal', 'expected': s262}
s264 = {'type': 'default', 'schema': s263, 'default': None}
s265 = {'type': 'model-field', 'schema': s264}
s266 = [s187]
s267 = {'type': 'tuple', 'items_schema': s266, 'variadic_item_index': 0, 'min_length': 1}
s268 = {'type': 'default', 'schema': s267, 'default': None}
s269 = {'type': 'model-field', 'schema': s268}
s270 = {'type': 'default', 'schema': s19, 'default': None}
s271 = {'type': 'model-field', 'schema': s270}
s272 = {'type': 'literal', 'expected': ['date-time', 'date', 'email', 'uri']}
s273 = {'type': 'default', 'schema': s272, 'default': None}
s274 = {'type': 'model-field', 'schema': s273}
s275 = {'type': 'no-info', 'function': policy_field._number}
s276 = {'type': 'function-plain', 'function': s275}
s277 = {'type': 'default', 'schema': s276, 'default': None}
s278 = {'type': 'model-field', 'schema': s277}
s279 = {'type': s265, 'enum': s269, 'ordered': s269, 'items': s271, 'format': s274, 'minimum': s278, 'maximum': s278, 'description': s3}
s280 = {'type': 'model-fields', 'fields': s279, 'model_name': 'FieldSpec'}
s281 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'FieldSpec'}
s282 = {'type': 'model', 'cls': policy_field.FieldSpec, 'schema': s280, 'custom_init': False, 'root_model': False, 'config': s281}
s283 = {'type': 'function-after', 'function': s261, 'schema': s282, 'ref': 'escalate.policy.field.FieldSpec'}
s284 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+$', 'max_length': 200, 'ref': 'escalate.Name'}
s285 = {'type': 'definition-ref', 'schema_ref': 'escalate.ChannelsCases'}
s286 = {'type': 'default', 'schema': s285, 'default': None}
s287 = {'type': 'model-field', 'schema': s286}
s288 = [s163]
s289 = {'type': 'tuple', 'items_schema': s288, 'variadic_item_index': 0}
s290 = {'type': 'default', 'schema': s289, 'default': ()}
s291 = {'type': 'model-field', 'schema': s290}
s292 = {'type': 'tuple', 'items_schema': s266, 'variadic_item_index': 0}
s293 = {'type': 'default', 'schema': s292, 'default': ()}
s294 = {'type': 'model-field', 'schema': s293}
s295 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s187}
s296 = {'type': 'default', 'schema': s295, 'default': {}}
s297 = {'type': 'model-field', 'schema': s296}
s298 = {'type': 'int', 'strict': True, 'ge': 0}
s299 = {'type': 'default', 'schema': s298, 'default': None}
s300 = {'type': 'model-field', 'schema': s299}
s301 = {'type': 'literal', 'expected': ['person']}
s302 = {'type': 'model-field', 'schema': s301}
s303 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}
s304 = {'type': 'model-fields', 'fields': s303, 'model_name': 'Person'}
s305 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Person'}
s306 = {'type': 'model', 'cls': policy_owner.Person, 'schema': s304, 'custom_init': False, 'root_model': False, 'config': s305, 'ref': 'escalate.policy.owner.Person'}
s307 = {'type': 'function-wrap', 'function': s185, 'schema': s205}
s308 = {'type': 'typed-dict-field', 'schema': s307, 'required': True}
s309 = {'when': s178, 'use': s308}
s310 = {'type': 'typed-dict', 'fields': s309, 'extra_behavior': 'forbid'}
s311 = {'otherwise': s308}
s312 = {'type': 'typed-dict', 'fields': s311, 'extra_behavior': 'forbid'}
s313 = {'<when>': s310, '<otherwise>': s312}
s314 = {'type': 'tagged-union', 'choices': s313, 'discriminator': policy_cases._case_form}
s315 = {'type': 'list', 'items_schema': s314, 'min_length': 1}
s316 = {'type': 'function-after', 'function': s177, 'schema': s315}
s317 = {'type': 'function-after', 'function': s184, 'schema': s307}
s318 = {'<cases>': s316, '<plain>': s317}
s319 = {'type': 'tagged-union', 'choices': s318, 'discriminator': policy_cases._form, 'ref': 'escalate.ChannelsCases'}
s320 = {'type': 'literal', 'expected': ['team']}
s321 = {'type': 'model-field', 'schema': s320}
s322 = ['first', 'round-robin', 'least-loaded', 'on-duty', 'all', 'none']
s323 = {'type': 'literal', 'expected': s322}
s324 = {'type': 'default', 'schema': s323, 'default': 'none'}
s325 = {'type': 'model-field', 'schema': s324}
s326 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}
s327 = {'type': 'model-fields', 'fields': s326, 'model_name': 'Team'}
s328 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Team'}
s329 = {'type': 'model', 'cls': policy_owner.Team, 'schema': s327, 'custom_init': False, 'root_model': False, 'config': s328, 'ref': 'escalate.policy.owner.Team'}
s330 = {'type': 'literal', 'expected': ['rotation']}
s331 = {'type': 'model-field', 'schema': s330}
s332 = {'type': 'default', 'schema': s28, 'default': None}
s333 = {'type': 'model-field', 'schema': s332}
s334 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Override'}
s335 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Swap'}
s336 = {'<override>': s334, '<swap>': s335}
s337 = {'type': 'tagged-union', 'choices': s336, 'discriminator': policy_rotation._change_form}
s338 = [s337]
s339 = {'type': 'tuple', 'items_schema': s338, 'variadic_item_index': 0}
s340 = {'type': 'default', 'schema': s339, 'default': ()}
s341 = {'type': 'model-field', 'schema': s340}
s342 = {'type': 'model-field', 'schema': s148}
s343 = {'type': 'str', 'pattern': '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$'}
s344 = {'type': 'model-field', 'schema': s343}
s345 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.HandsOver'}
s346 = {'type': 'default', 'schema': s345, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}
s347 = {'type': 'model-field', 'schema': s346}
s348 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': s347}
s349 = {'type': 'model-fields', 'fields': s348, 'model_name': 'RotationOwner'}
s350 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'RotationOwner'}
s351 = {'type': 'model', 'cls': policy_owner.RotationOwner, 'schema': s349, 'custom_init': False, 'root_model': False, 'config': s350, 'ref': 'escalate.policy.owner.RotationOwner'}
s352 = {'type': 'model-field', 'schema': s343, 'validation_alias': 'from', 'serialization_alias': 'from'}
s353 = {'from_': s352, 'until': s344, 'member': s173}
s354 = {'type': 'model-fields', 'fields': s353, 'model_name': 'Override'}
s355 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Override'}
s356 = {'type': 'model', 'cls': policy_rotation.Override, 'schema': s354, 'custom_init': False, 'root_model': False, 'config': s355, 'ref': 'escalate.policy.rotation.Override'}
s357 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0, 'min_length': 2, 'max_length': 2}
s358 = {'type': 'model-field', 'schema': s357}
s359 = {'from_': s352, 'until': s344, 'swap': s358}
s360 = {'type': 'model-fields', 'fields': s359, 'model_name': 'Swap'}
s361 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Swap'}
s362 = {'type': 'model', 'cls': policy_rotation.Swap, 'schema': s360, 'custom_init': False, 'root_model': False, 'config': s361, 'ref': 'escalate.policy.rotation.Swap'}
s363 = {'type': 'literal', 'expected': ['day', 'week']}
s364 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Days'}
s365 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Weeks'}
s366 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Hours'}
s367 = {'<word>': s363, '<days>': s364, '<weeks>': s365, '<hours>': s366}
s368 = {'type': 'tagged-union', 'choices': s367, 'discriminator': policy_rotation._every_form}
s369 = {'type': 'default', 'schema': s368, 'default': 'week'}
s370 = {'type': 'model-field', 'schema': s369}
s371 = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
s372 = {'type': 'literal', 'expected': s371}
s373 = {'type': 'default', 'schema': s372, 'default': 'mon'}
s374 = {'type': 'model-field', 'schema': s373}
s375 = {'type': 'str', 'pattern': '^([01][0-9]|2[0-3]):[0-5][0-9]$'}
s376 = {'type': 'default', 'schema': s375, 'default': '09:00'}
s377 = {'type': 'model-field', 'schema': s376}
s378 = {'every': s370, 'day': s374, 'at': s377}
s379 = {'type': 'model-fields', 'fields': s378, 'model_name': 'HandsOver'}
s380 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'HandsOver'}
s381 = {'type': 'model', 'cls': policy_rotation.HandsOver, 'schema': s379, 'custom_init': False, 'root_model': False, 'config': s380, 'ref': 'escalate.policy.rotation.HandsOver'}
s382 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 366}
s383 = {'type': 'model-field', 'schema': s382}
s384 = {'days': s383}
s385 = {'type': 'model-fields', 'fields': s384, 'model_name': 'Days'}
s386 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Days'}
s387 = {'type': 'model', 'cls': policy_rotation.Days, 'schema': s385, 'custom_init': False, 'root_model': False, 'config': s386, 'ref': 'escalate.policy.rotation.Days'}
s388 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 53}
s389 = {'type': 'model-field', 'schema': s388}
s390 = {'weeks': s389}
s391 = {'type': 'model-fields', 'fields': s390, 'model_name': 'Weeks'}
s392 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Weeks'}
s393 = {'type': 'model', 'cls': policy_rotation.Weeks, 'schema': s391, 'custom_init': False, 'root_model': False, 'config': s392, 'ref': 'escalate.policy.rotation.Weeks'}
s394 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 168}
s395 = {'type': 'model-field', 'schema': s394}
s396 = {'hours': s395}
s397 = {'type': 'model-fields', 'fields': s396, 'model_name': 'Hours'}
s398 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Hours'}
s399 = {'type': 'model', 'cls': policy_rotation.Hours, 'schema': s397, 'custom_init': False, 'root_model': False, 'config': s398, 'ref': 'escalate.policy.rotation.Hours'}
s400 = {'type': 'default', 'schema': s343, 'default': None}
s401 = {'type': 'model-field', 'schema': s400}
s402 = {'type': 'default', 'schema': s345, 'default': None}
s403 = {'type': 'model-field', 'schema': s402}
s404 = {'members': s342, 'starts': s401, 'hands_over': s403, 'calendar': s237, 'timezone': s333}
s405 = {'type': 'model-fields', 'fields': s404, 'model_name': 'Layer'}
s406 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Layer'}
s407 = {'type': 'model', 'cls': policy_rotation.Layer, 'schema': s405, 'custom_init': False, 'root_model': False, 'config': s406}
s408 = [s407]
s409 = {'type': 'tuple', 'items_schema': s408, 'variadic_item_index': 0, 'min_length': 1}
s410 = {'type': 'model-field', 'schema': s409}
s411 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s410, 'starts': s401, 'hands_over': s347}
s412 = {'type': 'model-fields', 'fields': s411, 'model_name': 'LayeredRotation'}
s413 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'LayeredRotation'}
s414 = {'type': 'model', 'cls': policy_owner.LayeredRotation, 'schema': s412, 'custom_init': False, 'root_model': False, 'config': s413, 'ref': 'escalate.policy.owner.LayeredRotation'}
s415 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 100}
s416 = {'type': 'default', 'schema': s415, 'default': 1}
s417 = {'type': 'model-field', 'schema': s416}
s418 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s417}
s419 = {'type': 'model-fields', 'fields': s418, 'model_name': 'RotationOf'}
s420 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'RotationOf'}
s421 = {'type': 'model', 'cls': policy_owner.RotationOf, 'schema': s419, 'custom_init': False, 'root_model': False, 'config': s420, 'ref': 'escalate.policy.owner.RotationOf'}
s422 = {'type': 'literal', 'expected': ['vendor']}
s423 = {'type': 'model-field', 'schema': s422}
s424 = {'type': 'default', 'schema': s181, 'default': None}
s425 = {'type': 'model-field', 'schema': s424}
s426 = {'acknowledge': s425, 'respond': s425, 'resolve': s425}
s427 = {'type': 'model-fields', 'fields': s426, 'model_name': 'Agreed'}
s428 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Agreed'}
s429 = {'type': 'model', 'cls': policy_owner.Agreed, 'schema': s427, 'custom_init': False, 'root_model': False, 'config': s428}
s430 = {'type': 'default', 'schema': s429, 'default': None}
s431 = {'type': 'model-field', 'schema': s430}
s432 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s423, 'agreed': s431}
s433 = {'type': 'model-fields', 'fields': s432, 'model_name': 'Vendor'}
s434 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Vendor'}
s435 = {'type': 'model', 'cls': policy_owner.Vendor, 'schema': s433, 'custom_init': False, 'root_model': False, 'config': s434, 'ref': 'escalate.policy.owner.Vendor'}
s436 = {'type': 'literal', 'expected': ['bot']}
s437 = {'type': 'model-field', 'schema': s436}
s438 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s437}
s439 = {'type': 'model-fields', 'fields': s438, 'model_name': 'Bot'}
s440 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Bot'}
s441 = {'type': 'model', 'cls': policy_owner.Bot, 'schema': s439, 'custom_init': False, 'root_model': False, 'config': s440, 'ref': 'escalate.policy.owner.Bot'}
s442 = {'type': 'literal', 'expected': ['group']}
s443 = {'type': 'model-field', 'schema': s442}
s444 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s443, 'of': s231}
s445 = {'type': 'model-fields', 'fields': s444, 'model_name': 'Group'}
s446 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Group'}
s447 = {'type': 'model', 'cls': policy_owner.Group, 'schema': s445, 'custom_init': False, 'root_model': False, 'config': s446, 'ref': 'escalate.policy.owner.Group'}
s448 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.target.At'}
s449 = {'<at>': s448, '<duration>': s181}
s450 = {'type': 'tagged-union', 'choices': s449, 'discriminator': policy_target._form}
s451 = {'type': 'function-wrap', 'function': s185, 'schema': s450}
s452 = {'type': 'typed-dict-field', 'schema': s451, 'required': True}
s453 = {'type': 'typed-dict-field', 'schema': s23, 'required': False}
s454 = {'when': s178, 'use': s452, 'calendar': s453}
s455 = {'type': 'typed-dict', 'fields': s454, 'extra_behavior': 'forbid'}
s456 = {'otherwise': s452, 'calendar': s453}
s457 = {'type': 'typed-dict', 'fields': s456, 'extra_behavior': 'forbid'}
s458 = {'<when>': s455, '<otherwise>': s457}
s459 = {'type': 'tagged-union', 'choices': s458, 'discriminator': policy_cases._case_form}
s460 = {'type': 'list', 'items_schema': s459, 'min_length': 1}
s461 = {'type': 'function-after', 'function': s177, 'schema': s460}
s462 = {'type': 'function-after', 'function': s184, 'schema': s451}
s463 = {'<cases>': s461, '<plain>': s462}
s464 = {'type': 'tagged-union', 'choices': s463, 'discriminator': policy_cases._form, 'ref': 'escalate.TargetCases'}
s465 = {'type': 'model-field', 'schema': s18}
s466 = {'at': s465}
s467 = {'type': 'model-fields', 'fields': s466, 'model_name': 'At'}
s468 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'At'}
s469 = {'type': 'model', 'cls': policy_target.At, 'schema': s467, 'custom_init': False, 'root_model': False, 'config': s468, 'ref': 'escalate.policy.target.At'}
s470 = {'type': 'function-wrap', 'function': s185, 'schema': s23}
s471 = {'type': 'typed-dict-field', 'schema': s470, 'required': True}
s472 = {'when': s178, 'use': s471}
s473 = {'type': 'typed-dict', 'fields': s472, 'extra_behavior': 'forbid'}
s474 = {'otherwise': s471}
s475 = {'type': 'typed-dict', 'fields': s474, 'extra_behavior': 'forbid'}
s476 = {'<when>': s473, '<otherwise>': s475}
s477 = {'type': 'tagged-union', 'choices': s476, 'discriminator': policy_cases._case_form}
s478 = {'type': 'list', 'items_schema': s477, 'min_length': 1}
s479 = {'type': 'function-after', 'function': s177, 'schema': s478}
s480 = {'type': 'function-after', 'function': s184, 'schema': s470}
s481 = {'<cases>': s479, '<plain>': s480}
s482 = {'type': 'tagged-union', 'choices': s481, 'discriminator': policy_cases._form, 'ref': 'escalate.NameCases'}
s483 = {'type': 'literal', 'expected': ['normal', 'urgent']}
s484 = {'type': 'function-wrap', 'function': s185, 'schema': s483}
s485 = {'type': 'typed-dict-field', 'schema': s484, 'required': True}
s486 = {'when': s178, 'use': s485}
s487 = {'type': 'typed-dict', 'fields': s486, 'extra_behavior': 'forbid'}
s488 = {'otherwise': s485}
s489 = {'type': 'typed-dict', 'fields': s488, 'extra_behavior': 'forbid'}
s490 = {'<when>': s487, '<otherwise>': s489}
s491 = {'type': 'tagged-union', 'choices': s490, 'discriminator': policy_cases._case_form}
s492 = {'type': 'list', 'items_schema': s491, 'min_length': 1}
s493 = {'type': 'function-after', 'function': s177, 'schema': s492}
s494 = {'type': 'function-after', 'function': s184, 'schema': s484}
s495 = {'<cases>': s493, '<plain>': s494}
s496 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.choice.ByTopic'}
s497 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.choice.ByLanguage'}
s498 = {'<name>': s23, '<topic>': s496, '<language>': s497}
s499 = {'type': 'tagged-union', 'choices': s498, 'discriminator': policy_choice._form}
s500 = {'type': 'function-wrap', 'function': s185, 'schema': s499}
s501 = {'type': 'typed-dict-field', 'schema': s500, 'required': True}
s502 = {'when': s178, 'use': s501}
s503 = {'type': 'typed-dict', 'fields': s502, 'extra_behavior': 'forbid'}
s504 = {'otherwise': s501}
s505 = {'type': 'typed-dict', 'fields': s504, 'extra_behavior': 'forbid'}
s506 = {'<when>': s503, '<otherwise>': s505}
s507 = {'type': 'tagged-union', 'choices': s506, 'discriminator': policy_cases._case_form}
s508 = {'type': 'list', 'items_schema': s507, 'min_length': 1}
s509 = {'type': 'function-after', 'function': s177, 'schema': s508}
s510 = {'type': 'function-after', 'function': s184, 'schema': s500}
s511 = {'<cases>': s509, '<plain>': s510}
s512 = {'type': 'tagged-union', 'choices': s511, 'discriminator': policy_cases._form, 'ref': 'escalate.OwnerCases'}
s513 = {'type': 'default', 'schema': s18, 'default': None}
s514 = {'type': 'model-field', 'schema': s513}
s515 = {'type': 'model-field', 'schema': s230, 'validation_alias': 'from', 'serialization_alias': 'from'}
s516 = {'expert_in': s465, 'speaks': s514, 'from_': s515, 'otherwise': s237}
s517 = {'type': 'model-fields', 'fields': s516, 'model_name': 'ByTopic'}
s518 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'ByTopic'}
s519 = {'type': 'model', 'cls': policy_choice.ByTopic, 'schema': s517, 'custom_init': False, 'root_model': False, 'config': s518, 'ref': 'escalate.policy.choice.ByTopic'}
s520 = {'expert_in': s514, 'speaks': s465, 'from_': s515, 'otherwise': s237}
s521 = {'type': 'model-fields', 'fields': s520, 'model_name': 'ByLanguage'}
s522 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'ByLanguage'}
s523 = {'type': 'model', 'cls': policy_choice.ByLanguage, 'schema': s521, 'custom_init': False, 'root_model': False, 'config': s522, 'ref': 'escalate.policy.choice.ByLanguage'}
s524 = {'fallback': s192}
s525 = {'type': 'model-fields', 'fields': s524, 'model_name': 'Fallback'}
s526 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Fallback'}
s527 = {'type': 'model', 'cls': policy_level.Fallback, 'schema': s525, 'custom_init': False, 'root_model': False, 'config': s526, 'ref': 'escalate.policy.level.Fallback'}
s528 = {'type': 'model-field', 'schema': s152}
s529 = {'type': 'str', 'pattern': '^(100|[1-9]?[0-9])%$'}
s530 = {'<percent>': s529, '<duration>': s181}
s531 = {'type': 'tagged-union', 'choices': s530, 'discriminator': policy_level._warn_form}
s532 = [s531]
s533 = {'type': 'tuple', 'items_schema': s532, 'variadic_item_index': 0}
s534 = {'type': 'default', 'schema': s533, 'default': ()}
s535 = {'type': 'model-field', 'schema': s534}
s536 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Effects'}
s537 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Deadline'}
s538 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Notice'}
s539 = {'<list>': s292, '<scalar>': s187}
s540 = {'type': 'tagged-union', 'choices': s539, 'discriminator': policy_effects._scalar_form}
s541 = {'type': 'function-wrap', 'function': s185, 'schema': s540}
s542 = {'type': 'typed-dict-field', 'schema': s541, 'required': True}
s543 = {'when': s178, 'use': s542}
s544 = {'type': 'typed-dict', 'fields': s543, 'extra_behavior': 'forbid'}
s545 = {'otherwise': s542}
s546 = {'type': 'typed-dict', 'fields': s545, 'extra_behavior': 'forbid'}
s547 = {'<when>': s544, '<otherwise>': s546}
s548 = {'type': 'tagged-union', 'choices': s547, 'discriminator': policy_cases._case_form}
s549 = {'type': 'list', 'items_schema': s548, 'min_length': 1}
s550 = {'type': 'function-after', 'function': s177, 'schema': s549}
s551 = {'type': 'function-after', 'function': s184, 'schema': s541}
s552 = {'<cases>': s550, '<plain>': s551}
s553 = {'type': 'tagged-union', 'choices': s552, 'discriminator': policy_cases._form}
s554 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s553}
s555 = {'type': 'default', 'schema': s554, 'default': {}}
s556 = {'type': 'model-field', 'schema': s555, 'validation_alias': 'with', 'serialization_alias': 'with'}
s557 = {'action': s192, 'with_': s556}
s558 = {'type': 'model-fields', 'fields': s557, 'model_name': 'Do'}
s559 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Do'}
s560 = {'type': 'model-field', 'schema': s181}
s561 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 1000}
s562 = {'type': 'default', 'schema': s561, 'default': None}
s563 = {'type': 'model-field', 'schema': s562}
s564 = {'every': s560, 'times': s563}
s565 = {'type': 'model-fields', 'fields': s564, 'model_name': 'Remind'}
s566 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Remind'}
s567 = {'type': 'tagged-union', 'choices': s463, 'discriminator': policy_cases._form}
s568 = {'type': 'default', 'schema': s567, 'default': None}
s569 = {'type': 'model-field', 'schema': s568}
s570 = {'type': 'tagged-union', 'choices': s481, 'discriminator': policy_cases._form}
s571 = {'type': 'default', 'schema': s570, 'default': None}
s572 = {'type': 'model-field', 'schema': s571}
s573 = {'from_': s146, 'until': s147, 'paused': s151, 'target': s569, 'calendar': s572, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}
s574 = {'type': 'model-fields', 'fields': s573, 'model_name': 'Clock'}
s575 = {'type': 'model', 'cls': policy_clock.Clock, 'schema': s574, 'custom_init': False, 'root_model': False, 'config': s161}
s576 = {'type': 'model', 'cls': policy_level.Remind, 'schema': s565, 'custom_init': False, 'root_model': False, 'config': s566}
s577 = {'type': 'default', 'schema': s576, 'default': None}
s578 = {'type': 'model-field', 'schema': s577}
s579 = {'type': 'model', 'cls': policy_effects.Do, 'schema': s558, 'custom_init': False, 'root_model': False, 'config': s559}
s580 = [s579]
s581 = {'type': 'tuple', 'items_schema': s580, 'variadic_item_index': 0}
s582 = {'type': 'default', 'schema': s581, 'default': ()}
s583 = {'type': 'model-field', 'schema': s582}
s584 = {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s583}
s585 = {'type': 'model-fields', 'fields': s584, 'model_name': 'Effects'}
s586 = {'type': 'model', 'cls': policy_effects.Effects, 'schema': s585, 'custom_init': False, 'root_model': False, 'config': s536}
s587 = {'type': 'default', 'schema': s586, 'default': None}
s588 = {'type': 'model-field', 'schema': s587}
s589 = {'target': s528, 'warn': s535, 'paused': s151, 'calendar': s155, 'on_breach': s588}
s590 = {'type': 'model-fields', 'fields': s589, 'model_name': 'Deadline'}
s591 = {'type': 'model', 'cls': policy_level.Deadline, 'schema': s590, 'custom_init': False, 'root_model': False, 'config': s537, 'ref': 'escalate.policy.level.Deadline'}
s592 = {'type': 'tagged-union', 'choices': s495, 'discriminator': policy_cases._form}
s593 = {'type': 'default', 'schema': s592, 'default': None}
s594 = {'type': 'model-field', 'schema': s593}
s595 = {'owner': s197, 'message': s155, 'channel': s155, 'urgency': s594}
s596 = {'type': 'model-fields', 'fields': s595, 'model_name': 'Notice'}
s597 = {'type': 'model', 'cls': policy_effects.Notice, 'schema': s596, 'custom_init': False, 'root_model': False, 'config': s538, 'ref': 'escalate.policy.effects.Notice'}
s598 = [s284]
s599 = [s284, s512, s519, s260, s523, s597, s482]
s600 = {'type': 'tagged-union', 'choices': s318, 'discriminator': policy_cases._form}
s601 = {'type': 'default', 'schema': s600, 'default': None}
s602 = {'type': 'model-field', 'schema': s601}
s603 = {'type': 'model', 'cls': policy_rotation.HandsOver, 'schema': s379, 'custom_init': False, 'root_model': False, 'config': s380}
s604 = [s387, s393, s399]
s605 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+$', 'max_length': 200}
s606 = [s260, s284]

MODELS = {
    policy_choice.ByLanguage: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_choice.ByLanguage, 'schema': s521, 'custom_init': False, 'root_model': False, 'config': s522}, 'definitions': s606}, s522, s520),
    policy_choice.ByTopic: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_choice.ByTopic, 'schema': s517, 'custom_init': False, 'root_model': False, 'config': s518}, 'definitions': s606}, s518, s516),
    policy_clock.Clock: ({'type': 'definitions', 'schema': s575, 'definitions': [s469, s260, s284]}, s161, s573),
    policy_effects.Do: ({'type': 'definitions', 'schema': s579, 'definitions': s598}, s559, s557),
    policy_effects.Effects: ({'type': 'definitions', 'schema': s586, 'definitions': s599}, s536, s584),
    policy_effects.Notice: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_effects.Notice, 'schema': {'type': 'model-fields', 'fields': {'owner': {'type': 'model-field', 'schema': {'type': 'tagged-union', 'choices': s511, 'discriminator': policy_cases._form}}, 'message': s155, 'channel': s155, 'urgency': s594}, 'model_name': 'Notice'}, 'custom_init': False, 'root_model': False, 'config': s538}, 'definitions': [s284, s519, s260, s523, s482]}, s538, {'owner': {'type': 'model-field', 'schema': {'type': 'tagged-union', 'choices': s511, 'discriminator': policy_cases._form}}, 'message': s155, 'channel': s155, 'urgency': s594}),
    policy_field.FieldSpec: ({'type': 'definitions', 'schema': s19, 'definitions': [s283]}, s281, s279),
    policy_level.Deadline: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_level.Deadline, 'schema': {'type': 'model-fields', 'fields': {'target': {'type': 'model-field', 'schema': s567}, 'warn': s535, 'paused': s151, 'calendar': s155, 'on_breach': s588}, 'model_name': 'Deadline'}, 'custom_init': False, 'root_model': False, 'config': s537}, 'definitions': [{'type': 'model', 'cls': policy_target.At, 'schema': {'type': 'model-fields', 'fields': {'at': {'type': 'model-field', 'schema': s260}}, 'model_name': 'At'}, 'custom_init': False, 'root_model': False, 'config': s468, 'ref': 'escalate.policy.target.At'}, s284, s482, s512, s519, s260, s523, s597]}, s537, {'target': {'type': 'model-field', 'schema': s567}, 'warn': s535, 'paused': s151, 'calendar': s155, 'on_breach': s588}),
    policy_level.Deadlines: ({'type': 'definitions', 'schema': s216, 'definitions': [s591, s464, s469, s260, s284, s482, s512, s519, s523, s597]}, s215, s213),
    policy_level.Fallback: ({'type': 'model', 'cls': policy_level.Fallback, 'schema': {'type': 'model-fields', 'fields': {'fallback': {'type': 'model-field', 'schema': s605}}, 'model_name': 'Fallback'}, 'custom_init': False, 'root_model': False, 'config': s526}, s526, {'fallback': {'type': 'model-field', 'schema': s605}}),
    policy_level.Level: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s578, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}, 'definitions': [s284, s512, s519, s260, s523, s527, s482, s591, s464, s469, s597]}, s229, {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s578, 'notify': s228, 'tell_customer': s155}),
    policy_level.PathSpec: ({'type': 'definitions', 'schema': s235, 'definitions': s598}, s234, s232),
    policy_level.Remind: (s576, s566, s564),
    policy_owner.Agreed: (s429, s428, s426),
    policy_owner.Bot: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Bot, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s437}, 'model_name': 'Bot'}, 'custom_init': False, 'root_model': False, 'config': s440}, 'definitions': s598}, s440, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s437}),
    policy_owner.Group: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Group, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s443, 'of': s231}, 'model_name': 'Group'}, 'custom_init': False, 'root_model': False, 'config': s446}, 'definitions': s598}, s446, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s443, 'of': s231}),
    policy_owner.LayeredRotation: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.LayeredRotation, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s410, 'starts': s401, 'hands_over': s347}, 'model_name': 'LayeredRotation'}, 'custom_init': False, 'root_model': False, 'config': s413}, 'definitions': [s284, s356, s362, s381, s387, s393, s399]}, s413, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s410, 'starts': s401, 'hands_over': s347}),
    policy_owner.Person: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Person, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}, 'model_name': 'Person'}, 'custom_init': False, 'root_model': False, 'config': s305}, 'definitions': s598}, s305, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}),
    policy_owner.RotationOf: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.RotationOf, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s417}, 'model_name': 'RotationOf'}, 'custom_init': False, 'root_model': False, 'config': s420}, 'definitions': s598}, s420, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s417}),
    policy_owner.RotationOwner: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.RotationOwner, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s603, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}}}, 'model_name': 'RotationOwner'}, 'custom_init': False, 'root_model': False, 'config': s350}, 'definitions': [s284, s356, s362, s387, s393, s399]}, s350, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s603, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}}}),
    policy_owner.Team: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Team, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}, 'model_name': 'Team'}, 'custom_init': False, 'root_model': False, 'config': s328}, 'definitions': s598}, s328, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}),
    policy_owner.Vendor: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Vendor, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s423, 'agreed': s431}, 'model_name': 'Vendor'}, 'custom_init': False, 'root_model': False, 'config': s434}, 'definitions': s598}, s434, {'name': s3, 'channels': s602, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s423, 'agreed': s431}),
    policy_policy.Policy: ({'type': 'definitions', 'schema': {'type': 'function-wrap', 'function': {'type': 'no-info', 'function': policy_policy.Policy._keep_data}, 'schema': {'type': 'model', 'cls': policy_policy.Policy, 'schema': {'type': 'model-fields', 'fields': {'escalate': {'type': 'model-field', 'schema': s1}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': {'type': 'model', 'cls': policy_clock.Clock, 'schema': {'type': 'model-fields', 'fields': {'from_': s146, 'until': s147, 'paused': s151, 'target': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s152, 'default': None}}, 'calendar': s155, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}, 'model_name': 'Clock'}, 'custom_init': False, 'root_model': False, 'config': s161}}, 'default': {}}}, 'messages': s168, 'actions': s172, 'name': s173, 'version': s3, 'timezone': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'str'}, 'default': 'UTC'}}, 'language': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s163, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s23, 'default': 'always'}}, 'dates': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'literal', 'expected': ['iso', 'language']}, 'default': 'iso'}}, 'tell_customer': s155, 'urgency': s176, 'review': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s183}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s183}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s182}}, 'discriminator': policy_cases._form}, 'default': None}}, 'derive': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s18, 'values_schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s189}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s189}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s188}}, 'discriminator': policy_cases._form}}, 'default': {}}}, 'similar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s18], 'variadic_item_index': 0}, 'default': ()}}, 'applies_to': s191, 'precedence': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'int', 'strict': True}, 'default': 0}}, 'levels': {'type': 'model-field', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s221, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}], 'variadic_item_index': 0, 'min_length': 1}}, 'paths': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s235], 'variadic_item_index': 0}, 'default': ()}}, 'triggers': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s221}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}], 'variadic_item_index': 0}, 'default': ()}}}, 'model_name': 'Policy'}, 'custom_init': False, 'root_model': False, 'config': {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Policy'}}}, 'definitions': [s260, s283, s284, s306, s319, s329, s351, s356, s362, s381, s387, s393, s399, s414, s421, s435, s441, s447, s464, s469, s482, {'type': 'tagged-union', 'choices': s495, 'discriminator': policy_cases._form, 'ref': 'escalate.UrgencyCases'}, s512, s519, s523, s527, {'type': 'model', 'cls': policy_level.Deadline, 'schema': {'type': 'model-fields', 'fields': {'target': s528, 'warn': s535, 'paused': s151, 'calendar': s155, 'on_breach': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'model', 'cls': policy_effects.Effects, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247}, 'model_name': 'Effects'}, 'custom_init': False, 'root_model': False, 'config': s536}, 'default': None}}}, 'model_name': 'Deadline'}, 'custom_init': False, 'root_model': False, 'config': s537, 'ref': 'escalate.policy.level.Deadline'}, {'type': 'model', 'cls': policy_effects.Notice, 'schema': {'type': 'model-fields', 'fields': {'owner': s197, 'message': s155, 'channel': s155, 'urgency': s176}, 'model_name': 'Notice'}, 'custom_init': False, 'root_model': False, 'config': s538, 'ref': 'escalate.policy.effects.Notice'}, {'type': 'model', 'cls': policy_effects.Do, 'schema': s558, 'custom_init': False, 'root_model': False, 'config': s559, 'ref': 'escalate.policy.effects.Do'}, {'type': 'model', 'cls': policy_level.Remind, 'schema': s565, 'custom_init': False, 'root_model': False, 'config': s566, 'ref': 'escalate.policy.level.Remind'}]}, {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Policy'}, {'escalate': {'type': 'model-field', 'schema': s1}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': {'type': 'model', 'cls': policy_clock.Clock, 'schema': {'type': 'model-fields', 'fields': {'from_': s146, 'until': s147, 'paused': s151, 'target': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s152, 'default': None}}, 'calendar': s155, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}, 'model_name': 'Clock'}, 'custom_init': False, 'root_model': False, 'config': s161}}, 'default': {}}}, 'messages': s168, 'actions': s172, 'name': s173, 'version': s3, 'timezone': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'str'}, 'default': 'UTC'}}, 'language': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s163, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s23, 'default': 'always'}}, 'dates': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'literal', 'expected': ['iso', 'language']}, 'default': 'iso'}}, 'tell_customer': s155, 'urgency': s176, 'review': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s183}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s183}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s182}}, 'discriminator': policy_cases._form}, 'default': None}}, 'derive': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s18, 'values_schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s189}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s189}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s188}}, 'discriminator': policy_cases._form}}, 'default': {}}}, 'similar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s18], 'variadic_item_index': 0}, 'default': ()}}, 'applies_to': s191, 'precedence': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'int', 'strict': True}, 'default': 0}}, 'levels': {'type': 'model-field', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s221, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}], 'variadic_item_index': 0, 'min_length': 1}}, 'paths': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s235], 'variadic_item_index': 0}, 'default': ()}}, 'triggers': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s221}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}], 'variadic_item_index': 0}, 'default': ()}}}),
    policy_policy.Shared: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_policy.Shared, 'schema': {'type': 'model-fields', 'fields': {'escalate': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s1, 'default': None}}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': s575}, 'default': {}}}, 'messages': s168, 'actions': s172}, 'model_name': 'Shared'}, 'custom_init': False, 'root_model': False, 'config': {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Shared'}}, 'definitions': [s260, s283, s284, s306, s319, s329, s351, s356, s362, s381, s387, s393, s399, s414, s421, s435, s441, s447, s469]}, {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Shared'}, {'escalate': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s1, 'default': None}}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': s575}, 'default': {}}}, 'messages': s168, 'actions': s172}),
    policy_policy.Statuses: (s15, s14, s12),
    policy_rotation.Days: ({'type': 'model', 'cls': policy_rotation.Days, 'schema': s385, 'custom_init': False, 'root_model': False, 'config': s386}, s386, s384),
    policy_rotation.HandsOver: ({'type': 'definitions', 'schema': s603, 'definitions': s604}, s380, s378),
    policy_rotation.Hours: ({'type': 'model', 'cls': policy_rotation.Hours, 'schema': s397, 'custom_init': False, 'root_model': False, 'config': s398}, s398, s396),
    policy_rotation.Layer: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_rotation.Layer, 'schema': {'type': 'model-fields', 'fields': {'members': s342, 'starts': s401, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s603, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s605, 'default': None}}, 'timezone': s333}, 'model_name': 'Layer'}, 'custom_init': False, 'root_model': False, 'config': s406}, 'definitions': s604}, s406, {'members': s342, 'starts': s401, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s603, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s605, 'default': None}}, 'timezone': s333}),
    policy_rotation.Override: ({'type': 'model', 'cls': policy_rotation.Override, 'schema': s354, 'custom_init': False, 'root_model': False, 'config': s355}, s355, s353),
    policy_rotation.Swap: ({'type': 'model', 'cls': policy_rotation.Swap, 'schema': s360, 'custom_init': False, 'root_model': False, 'config': s361}, s361, s359),
    policy_rotation.Weeks: ({'type': 'model', 'cls': policy_rotation.Weeks, 'schema': s391, 'custom_init': False, 'root_model': False, 'config': s392}, s392, s390),
    policy_target.At: ({'type': 'model', 'cls': policy_target.At, 'schema': {'type': 'model-fields', 'fields': {'at': {'type': 'model-field', 'schema': {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200}}}, 'model_name': 'At'}, 'custom_init': False, 'root_model': False, 'config': s468}, s468, {'at': {'type': 'model-field', 'schema': {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200}}}),
    policy_trigger.Trigger: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s583, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s578}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}, 'definitions': s599}, s259, {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s583, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s578}),
    worktime_calendar.Calendar: (s116, s114, s112),
    worktime_holiday.CountryHolidays: (s96, s93, s91),
    worktime_holiday.DateHoliday: (s56, s54, s52),
    worktime_holiday.EasterHoliday: (s89, s87, s85),
    worktime_holiday.IcalHolidays: (s103, s100, s98),
    worktime_holiday.RangeHoliday: (s67, s64, s62),
    worktime_holiday.RuleHoliday: (s78, s75, s73),
}
