/*
 * What the test units that use the sample layer share
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_TESTS_UTIL_TRACELSP_H
#define __WINELSP_TESTS_UTIL_TRACELSP_H

#include "util.h"

/* Runs the installer of the sample layer with arguments ("install --ifs", "remove"); it is beside this program or in the
 * system folder. Returns its exit code, 0xdead if it does not run. */
extern DWORD run_tracelsp( const WCHAR *args );

#endif /* __WINELSP_TESTS_UTIL_TRACELSP_H */
